import type { NodeLocks } from '../../storage/node-locks.ts'

/**
 * One at a time per picture: publishing it, taking it back after a failure, and collecting it when nothing
 * refers to it any more. Whoever holds the lock of a hash can rely on its blob and its row.
 */
export class BlobLocks {
  readonly #tails = new Map<string, Promise<void>>()
  readonly #nodes: NodeLocks | null

  /** @param nodes when several nodes share the blobs */
  constructor(nodes: NodeLocks | null = null) {
    this.#nodes = nodes
  }

  /**
   * Runs `work` while holding the locks of all hashes; taken in one order, so that nobody waits in a circle.
   * @param work given a way to ask whether they were held without a break so far: the connection that holds them for all
   *   nodes may be lost
   */
  async hold<Result>(
    sha1s: readonly string[],
    work: (isHeld: () => Promise<boolean>) => Promise<Result>,
  ): Promise<Result> {
    const releases: (() => void)[] = []
    const names = [...new Set(sha1s)].sort()
    try {
      for (const sha1 of names) releases.push(await this.#lock(sha1))
      if (this.#nodes === null || names.length === 0) return await work(async () => true)
      const lock = await this.#nodes.acquire(names)
      releases.unshift(() => lock.release())
      return await work(() => lock.isHeld())
    } finally {
      for (const release of releases) release()
    }
  }

  async #lock(sha1: string): Promise<() => void> {
    const before = this.#tails.get(sha1)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#tails.set(sha1, promise)
    await before
    return () => {
      if (this.#tails.get(sha1) === promise) this.#tails.delete(sha1)
      resolve()
    }
  }
}
