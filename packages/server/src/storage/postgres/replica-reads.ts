import { SenioError } from '@senio/protocol'
import type { Connections } from './connections.ts'
import type { PostgresSession } from './session.ts'

export interface ReplicaPatience {
  /** How long a query waits until the standby has what was acknowledged before, in ms. */
  readonly lag: number
  /** For how long queries pass over a standby that didn't catch up in that time, in ms. */
  readonly restAfterLag: number
  /** The same for one that failed. */
  readonly restAfterFailure: number
}

const PATIENCE: ReplicaPatience = { lag: 250, restAfterLag: 1000, restAfterFailure: 10_000 }

/** Between looks at how far a standby is, in ms. */
const PAUSE = 5

/**
 * Queries on a standby that see everything that was acknowledged before they began, as on the primary: each asks the
 * primary how far its log is, and the standby whether it is there. What the standby can't answer, the primary does.
 */
export class ReplicaReads {
  readonly #primary: Connections
  readonly #replica: Connections
  readonly #patience: ReplicaPatience
  readonly #now: () => number
  #restsUntil = -Infinity
  #lagged = 0
  #failed = 0

  /** @param now ms that only grow */
  constructor(
    primary: Connections,
    replica: Connections,
    patience: ReplicaPatience = PATIENCE,
    now: () => number = () => performance.now(),
  ) {
    this.#primary = primary
    this.#replica = replica
    this.#patience = patience
    this.#now = now
  }

  /** Whether queries are sent to the standby at the moment. */
  get isUsed(): boolean {
    return this.#now() >= this.#restsUntil
  }

  /** Since the start: how often the standby was too far behind, and how often it failed. */
  get passedOver(): { readonly lagged: number; readonly failed: number } {
    return { lagged: this.#lagged, failed: this.#failed }
  }

  /** Reads that all see one moment, not before the call. */
  async snapshot<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    if (!this.isUsed) return this.#primary.snapshot(work)
    const target = await this.#primary.use((session) =>
      session.tuples<readonly [string]>('SELECT pg_current_wal_lsn()::text'),
    )
    let hasCaughtUp: boolean
    try {
      hasCaughtUp = await this.#reaches(target[0]?.[0] ?? '')
    } catch {
      // Whatever it is: perhaps no standby at all, and the answer doesn't hang on it.
      return this.#passOver(work)
    }
    if (!hasCaughtUp) {
      this.#lagged++
      this.#rest(this.#patience.restAfterLag)
      return this.#primary.snapshot(work)
    }
    try {
      return await this.#replica.snapshot(work)
    } catch (error) {
      if (!(error instanceof SenioError) || error.fault !== 'Unavailable') throw error
      return this.#passOver(work)
    }
  }

  #passOver<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    this.#failed++
    this.#rest(this.#patience.restAfterFailure)
    return this.#primary.snapshot(work)
  }

  #reaches(position: string): Promise<boolean> {
    const deadline = this.#now() + this.#patience.lag
    return this.#replica.use(async (session) => {
      for (;;) {
        const [row] = await session.tuples<readonly [boolean, boolean | null]>(
          'SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= $1::pg_lsn',
          position,
        )
        const [isStandby = false, isThere = null] = row ?? []
        if (!isStandby) throw new Error('The standby was promoted: what is stored now does not get there.')
        if (isThere === true) return true
        if (this.#now() >= deadline) return false
        await new Promise((resolve) => setTimeout(resolve, PAUSE))
      }
    })
  }

  #rest(ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, this.#now() + ms)
  }
}
