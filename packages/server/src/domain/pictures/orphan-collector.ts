import { HOUR, type TimestampMs, timestampMs } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore } from '../../storage/image-store.ts'
import type { TaskStore } from '../../storage/task-store.ts'
import type { Clock } from '../clock.ts'
import type { BlobLocks } from '../ingest/blob-locks.ts'
import { doCollectorsRest } from './collectors-rest.ts'

export interface OrphanPorts {
  readonly images: ImageStore
  readonly originals: BlobStore
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  /** The same that publishing holds. */
  readonly locks: BlobLocks
  /** Says when to rest. */
  readonly tasks: TaskStore
  readonly now: Clock
}

/**
 * What has had no value for less long is left alone, and so are younger bytes without a row: those may be on their way in,
 * and copies of the pictures that are made after one of the database lack nothing.
 */
const GRACE = HOUR
const BATCH = 100

/**
 * Removes pictures that nothing refers to any more.
 *
 * It is safe beside publishing, and at a crash at any moment, by the order of things. Publishing holds the
 * picture's lock, makes the blob durable, then stores row and value together. The collector holds the same lock,
 * forgets the row, which the store refuses while a value refers to it, and only then deletes the bytes. So
 * whoever publishes the same picture meanwhile comes before, and the row stays, or after, and finds neither row
 * nor blob and stores both anew. A crash in between leaves bytes without a row, which `strays` removes later;
 * never a row without its bytes.
 */
export class OrphanCollector {
  readonly #ports: OrphanPorts

  constructor(ports: OrphanPorts) {
    this.#ports = ports
  }

  /** Pictures that have had no value for an hour, as far as was noted. Gives how many were removed. */
  async unreferenced(): Promise<number> {
    const { images, locks } = this.#ports
    await this.#noteUnreferenced()
    let removed = 0
    for (;;) {
      if (await this.#rests()) return removed
      const before = this.#before()
      const found = await images.unreferencedSince(before, BATCH)
      const forgotten = await locks.hold(found, async (isHeld) => {
        const sha1s = await images.forget(found, before)
        // Otherwise they may be on their way in again: what is left is without a row, and a stray.
        if (await isHeld()) await Promise.all(sha1s.map((sha1) => this.#deleteBlobs(sha1)))
        return sha1s.length
      })
      removed += forgotten
      if (found.length < BATCH || forgotten === 0) return removed
    }
  }

  /** Bytes without a row: what a crash left behind. Looks at every blob. Gives how many were removed. */
  async strays(): Promise<number> {
    const { originals, thumbs, previews } = this.#ports
    let removed = 0
    for (const store of [originals, thumbs, previews]) {
      let old: string[] = []
      for await (const { ref, modified } of store.list()) {
        if (modified < this.#before()) old.push(ref)
        if (old.length < BATCH) continue
        removed += await this.#deleteStrays(store, old)
        old = []
      }
      removed += await this.#deleteStrays(store, old)
    }
    return removed
  }

  /** Their hour begins: there is no telling since when they have had no value. */
  async #noteUnreferenced(): Promise<void> {
    const { images, now } = this.#ports
    for (let after: string | null = null; ;) {
      const found: readonly string[] = await images.unreferenced(after, BATCH)
      await images.noteUnreferenced(found, now())
      const last = found.at(-1)
      if (last === undefined || found.length < BATCH) return
      after = last
    }
  }

  async #deleteStrays(store: BlobStore, refs: readonly string[]): Promise<number> {
    const suspects = await this.#withoutRow(refs)
    if (suspects.length === 0 || (await this.#rests())) return 0
    return this.#ports.locks.hold(suspects, async (isHeld) => {
      const strays = await this.#withoutRow(suspects)
      if (!(await isHeld())) return 0
      await Promise.all(strays.map((ref) => store.delete(ref)))
      return strays.length
    })
  }

  async #withoutRow(refs: readonly string[]): Promise<readonly string[]> {
    if (refs.length === 0) return []
    const known = await this.#ports.images.find(refs)
    return refs.filter((ref) => !known.has(ref))
  }

  async #deleteBlobs(sha1: string): Promise<void> {
    const { originals, thumbs, previews } = this.#ports
    for (const store of [thumbs, previews, originals]) await store.delete(sha1)
  }

  #rests(): Promise<boolean> {
    return doCollectorsRest(this.#ports.tasks)
  }

  #before(): TimestampMs {
    return timestampMs(this.#ports.now() - GRACE)
  }
}
