import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR, type TimestampMs, timestampMs } from '@senio/protocol'
import { BlobLocks } from '../../ingest/blob-locks.ts'
import { VerifiedOriginals } from '../../integrity/verified-originals.ts'
import { MemoryTasks } from '../../testing/memory-tasks.ts'
import type { OpenPicture, PicturesOptions } from '../pictures.ts'
import { Pictures } from '../pictures.ts'
import type { PictureDecoder } from '../picture-decoder.ts'
import type { FakeDecoder } from './fake-decoder.ts'
import { MemoryBlobStore } from './memory-blob-store.ts'
import { MemoryImageStore } from './memory-image-store.ts'

/** Pictures over stores in memory, and what a test does with them. */
export class PicturesBench<Decoder extends PictureDecoder = FakeDecoder> {
  /** Moved by the test. */
  time: TimestampMs = timestampMs(1_800_000_000_000)
  readonly now = (): TimestampMs => this.time
  readonly images = new MemoryImageStore()
  readonly originals = new MemoryBlobStore(this.now)
  readonly thumbs = new MemoryBlobStore(this.now)
  readonly previews = new MemoryBlobStore(this.now)
  readonly locks = new BlobLocks()
  readonly tasks = new MemoryTasks(this.now)
  readonly reported: unknown[] = []
  /** What was found damaged: fault and hash. */
  readonly damaged: string[] = []
  readonly verified = new VerifiedOriginals({ elapsed: this.now })
  readonly decoder: Decoder
  readonly pictures: Pictures

  constructor(decoder: Decoder, options: Partial<PicturesOptions> = {}) {
    this.decoder = decoder
    const report = (error: unknown): void => void this.reported.push(error)
    const { images, originals, thumbs, previews, locks, tasks, now } = this
    this.pictures = new Pictures({
      images,
      originals,
      thumbs,
      previews,
      tasks,
      decoder,
      damaged: {
        note: (sha1, fault) => {
          this.damaged.push(`${fault} ${sha1}`)
          this.verified.forget(sha1)
        },
      },
      verified: this.verified,
      locks,
      now,
      report,
      ...options,
    })
  }

  /** Publishes a picture, as ingest does: gives its hash. */
  async publish(content: string | Uint8Array, damaged = false): Promise<string> {
    const bytes = Buffer.from(content as Uint8Array)
    const sha1 = createHash('sha1').update(bytes).digest('hex')
    await this.locks.hold([sha1], async () => {
      const draft = await this.originals.create()
      await draft.write(bytes)
      await draft.commit(sha1)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const facts = { mediaType: 'image/jpeg', width: 480, height: 640, created: this.time } as const
      this.images.add({ sha1, sha256, bytes: bytes.length, damaged, ...facts })
    })
    this.pictures.notify()
    return sha1
  }

  /** The value that held it is gone. */
  unpublish(sha1: string): void {
    this.images.referenced.delete(sha1)
  }

  waitHours(hours: number): void {
    this.time = timestampMs(this.time + hours * HOUR)
  }

  /** Resolves when the picture is pending no more. */
  async finished(sha1: string): Promise<void> {
    await until(() => this.images.rows.get(sha1)?.state !== 'pending')
  }
}

/** Looks again and again until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(1)
}

export async function textOf(picture: OpenPicture): Promise<string> {
  return (await buffer(picture.stream())).toString()
}
