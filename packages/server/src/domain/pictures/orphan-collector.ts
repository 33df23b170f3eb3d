import { HOUR, type TimestampMs, timestampMs } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore } from '../../storage/image-store.ts'
import type { Clock } from '../clock.ts'
import type { BlobLocks } from '../ingest/blob-locks.ts'

export interface OrphanPorts {
  readonly images: ImageStore
  readonly originals: BlobStore
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  /** The same that publishing holds. */
  readonly locks: BlobLocks
  readonly now: Clock
}

/** What is younger is left alone: it may be on its way in. */
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

  /** Pictures without values. Gives how many were removed. */
  async unreferenced(): Promise<number> {
    const { images, locks } = this.#ports
    let removed = 0
    for (;;) {
      const found = await images.unreferenced(this.#before(), BATCH)
      const forgotten = await locks.hold(found, async (isHeld) => {
        const sha1s = found.length === 0 ? [] : await images.forget(found)
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

  async #deleteStrays(store: BlobStore, refs: readonly string[]): Promise<number> {
    const suspects = await this.#withoutRow(refs)
    if (suspects.length === 0) return 0
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

  #before(): TimestampMs {
    return timestampMs(this.#ports.now() - GRACE)
  }
}
