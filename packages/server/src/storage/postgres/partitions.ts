import type { Connections } from './connections.ts'
import { Lock, lockSql } from './locks.ts'
import { EARLIEST, LATEST } from './migrations/value-table.ts'
import type { PostgresSession } from './session.ts'

/** Months of partitions that are there before anything is measured in them, besides the present one. */
const MONTHS_AHEAD = 2

/** A stretch of time that has a table of its own. */
export interface Partition {
  readonly name: string
  /** ms since the epoch; the end is exclusive. */
  readonly from: number
  readonly to: number
}

/**
 * The partition of a timestamp: the month since the installation's first one, the year before that. So whoever publishes
 * scattered timestamps gets one table a year at most, of which there are few. null for what lies in the outermost
 * two, which always are there.
 */
export function partitionOf(timestamp: number, firstMonth: number): Partition | null {
  if (timestamp < EARLIEST || timestamp >= LATEST) return null
  const date = new Date(timestamp)
  const year = date.getUTCFullYear()
  if (timestamp < firstMonth) {
    return {
      name: `value_y${year}`,
      from: Date.UTC(year, 0),
      to: Math.min(Date.UTC(year + 1, 0), firstMonth),
    }
  }
  const month = date.getUTCMonth()
  const name = `value_m${year}_${String(month + 1).padStart(2, '0')}`
  return { name, from: Date.UTC(year, month), to: Date.UTC(year, month + 1) }
}

/** Makes the partitions of table `value` before they are needed. Where something else makes them, it does nothing. */
export class Partitions {
  readonly #connections: Connections
  readonly #now: () => number
  readonly #known = new Set<string>()
  #recent: Partition = { name: '', from: 0, to: 0 }
  #firstMonth = 0
  #isOurs = false
  #ahead = -Infinity

  /** @param now ms since the epoch */
  constructor(connections: Connections, now: () => number) {
    this.#connections = connections
    this.#now = now
  }

  /** To be called once, before anything else. */
  async open(): Promise<void> {
    const rows = await this.#connections.use((session) =>
      session.tuples<readonly [number, boolean]>(
        `SELECT first_month, (SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass('value')) FROM installation`,
      ),
    )
    const [firstMonth, isOurs] = rows[0] ?? [0, false]
    this.#firstMonth = firstMonth
    this.#isOurs = isOurs
    await this.ensure([])
  }

  /** Resolves when there are partitions for all of the timestamps, and for the time to come. */
  async ensure(timestamps: Iterable<number>): Promise<void> {
    if (!this.#isOurs) return
    const missing = new Map<string, Partition>()
    const note = (partition: Partition | null): void => {
      if (partition !== null && !this.#known.has(partition.name)) missing.set(partition.name, partition)
    }
    for (const timestamp of timestamps) {
      if (timestamp >= this.#recent.from && timestamp < this.#recent.to) continue
      const partition = partitionOf(timestamp, this.#firstMonth)
      note(partition)
      if (partition !== null && this.#known.has(partition.name)) this.#recent = partition
    }
    const now = this.#now()
    const isAheadDue = now >= this.#ahead
    if (isAheadDue) for (const partition of this.#coming(now)) note(partition)
    if (missing.size > 0) await this.#create([...missing.values()])
    if (isAheadDue) this.#ahead = partitionOf(now, this.#firstMonth)?.to ?? Infinity
  }

  #coming(now: number): readonly (Partition | null)[] {
    const date = new Date(Math.max(now, this.#firstMonth))
    return Array.from({ length: MONTHS_AHEAD + 1 }, (_, month) =>
      partitionOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + month), this.#firstMonth),
    )
  }

  async #create(missing: readonly Partition[]): Promise<void> {
    await this.#connections.transaction(
      async (session) => {
        const there = await existing(session)
        for (const partition of missing) {
          // Attached, not created as a partition: that lets everybody go on reading and writing meanwhile.
          if (!there.has(partition.name)) await session.script(attachSql(partition))
        }
        for (const name of there) this.#known.add(name)
      },
      `BEGIN; ${lockSql(Lock.partitions)}`,
    )
    for (const { name } of missing) this.#known.add(name)
  }
}

async function existing(session: PostgresSession): Promise<ReadonlySet<string>> {
  const rows = await session.tuples<readonly [string]>(
    `SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = to_regclass('value')`,
  )
  return new Set(rows.map(([name]) => name))
}

function attachSql({ name, from, to }: Partition): string {
  return `CREATE TABLE ${name} (LIKE value INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE);
    ALTER TABLE value ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`
}
