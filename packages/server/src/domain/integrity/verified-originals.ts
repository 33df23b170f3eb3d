import { HOUR } from '@senio/protocol'

/** For how long. What happens to the bytes meanwhile without a trace in the store is what the scrubber looks for. */
const REMEMBERED_FOR = HOUR

/** How many, of some 200 bytes each. */
const CAPACITY = 1000

interface Verification {
  readonly version: string
  /** When it began, in ms that only grow. */
  readonly at: number
  readonly done: Promise<void>
}

export interface VerifiedOriginalsOptions {
  /** ms that only grow. */
  readonly elapsed: () => number
  readonly capacity?: number
}

/**
 * Remembers which originals this node has read whole and found to be what was published. Whoever asks for a large one range
 * by range would have all of it read each time.
 */
export class VerifiedOriginals {
  readonly #elapsed: () => number
  readonly #capacity: number
  /** In the order of their last use. */
  readonly #known = new Map<string, Verification>()

  constructor({ elapsed, capacity = CAPACITY }: VerifiedOriginalsOptions) {
    this.#elapsed = elapsed
    this.#capacity = capacity
  }

  /**
   * Resolves when an original is known to be sound. Those who ask at the same time wait for the same check.
   *
   * @param version of its bytes: see `StoredBlob`
   * @param check reads it all, unless that is remembered; what it rejects with is nothing to be remembered
   */
  async verify(sha1: string, version: string, check: () => Promise<void>): Promise<void> {
    const known = this.#known.get(sha1)
    const now = this.#elapsed()
    const isFresh = known?.version === version && now - known.at < REMEMBERED_FOR
    const verification = isFresh ? known : { version, at: now, done: check() }
    this.#known.delete(sha1)
    this.#known.set(sha1, verification)
    const [oldest] = this.#known.keys()
    if (this.#known.size > this.#capacity && oldest !== undefined) this.#known.delete(oldest)
    try {
      await verification.done
    } catch (error) {
      if (this.#known.get(sha1) === verification) this.#known.delete(sha1)
      throw error
    }
  }

  /** It was found to be damaged after all. */
  forget(sha1: string): void {
    this.#known.delete(sha1)
  }
}
