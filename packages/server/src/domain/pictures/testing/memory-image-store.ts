import type { SenioError, TimestampMs } from '@senio/protocol'
import type { DecodedImage, ImageStore, NewImage, StoredImage } from '../../../storage/image-store.ts'

/** An image store for tests. Which pictures have values is set by the test. */
export class MemoryImageStore implements ImageStore {
  readonly rows = new Map<string, StoredImage>()
  readonly referenced = new Set<string>()
  readonly #unreferenced = new Map<string, TimestampMs>()
  readonly #claims = new Map<string, number>()
  /** Thrown by claims while it is set. */
  failure: SenioError | null = null

  /** What `MeasurementStore.append` does. */
  add(image: NewImage): void {
    if (!this.rows.has(image.sha1)) this.rows.set(image.sha1, { ...image, state: 'pending' })
    this.#unreferenced.delete(image.sha1)
    this.referenced.add(image.sha1)
  }

  async find(sha1s: readonly string[]): Promise<ReadonlyMap<string, StoredImage>> {
    return new Map([...this.rows].filter(([sha1]) => sha1s.includes(sha1)))
  }

  async claimPending(limit: number, now: TimestampMs, until: TimestampMs): Promise<readonly StoredImage[]> {
    if (this.failure !== null) throw this.failure
    const isFree = (claimed: number): boolean => claimed <= now || claimed > until + (until - now)
    const free = [...this.rows.values()]
      .filter(({ state, sha1 }) => state === 'pending' && isFree(this.#claims.get(sha1) ?? 0))
      .slice(0, limit)
    for (const { sha1 } of free) this.#claims.set(sha1, until)
    return free
  }

  async release(sha1s: readonly string[]): Promise<void> {
    for (const sha1 of sha1s) this.#claims.delete(sha1)
  }

  async finish(sha1: string, decoded: DecodedImage): Promise<void> {
    const row = this.rows.get(sha1)
    if (row !== undefined) this.rows.set(sha1, { ...row, ...decoded })
  }

  async retry(image: NewImage): Promise<void> {
    const row = this.rows.get(image.sha1)
    if (row?.state !== 'failed') return
    this.rows.set(image.sha1, { ...image, created: row.created, state: 'pending' })
    this.#claims.delete(image.sha1)
  }

  async countPending(): Promise<number> {
    return [...this.rows.values()].filter(({ state }) => state === 'pending').length
  }

  async unreferenced(after: string | null, limit: number): Promise<readonly string[]> {
    return [...this.rows.keys()]
      .filter((sha1) => !this.referenced.has(sha1) && !this.#unreferenced.has(sha1) && sha1 > (after ?? ''))
      .toSorted()
      .slice(0, limit)
  }

  async noteUnreferenced(sha1s: readonly string[], now: TimestampMs): Promise<void> {
    for (const sha1 of sha1s) {
      if (!this.referenced.has(sha1) && !this.#unreferenced.has(sha1)) this.#unreferenced.set(sha1, now)
    }
  }

  async unreferencedSince(before: TimestampMs, limit: number): Promise<readonly string[]> {
    return [...this.#unreferenced]
      .filter(([sha1, since]) => since < before && this.rows.has(sha1) && !this.referenced.has(sha1))
      .map(([sha1]) => sha1)
      .slice(0, limit)
  }

  async forget(sha1s: readonly string[], before: TimestampMs): Promise<readonly string[]> {
    const long = await this.unreferencedSince(before, Infinity)
    return sha1s.filter((sha1) => long.includes(sha1) && this.rows.delete(sha1))
  }

  async list(after: string | null, limit: number): Promise<readonly StoredImage[]> {
    return [...this.rows.values()]
      .filter(({ sha1 }) => after === null || sha1 > after)
      .sort((a, b) => (a.sha1 < b.sha1 ? -1 : 1))
      .slice(0, limit)
  }
}
