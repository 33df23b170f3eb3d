import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { DAY, type DurationMs, durationMs, HOUR, MINUTE, SECOND, SenioError } from '@senio/protocol'
import type { ExifJson, ImageSize } from '@senio/protocol/api'
import type { BlobStore, OpenBlob } from '../../storage/blob-store.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { TaskStore } from '../../storage/task-store.ts'
import type { Clock } from '../clock.ts'
import type { DamagedPictures } from '../integrity/damaged-pictures.ts'
import type { BlobLocks } from '../ingest/blob-locks.ts'
import type { VerifiedOriginals } from '../integrity/verified-originals.ts'
import { doCollectorsRest } from './collectors-rest.ts'
import { deadline } from './deadline.ts'
import { DecodeQueue } from './decode-queue.ts'
import { memoryBlob } from './memory-blob.ts'
import { OrphanCollector } from './orphan-collector.ts'
import { type PictureDecoder, RENDITION_MEDIA_TYPE, type RenditionSize } from './picture-decoder.ts'
import { oncePerPeriod } from '../background/one-node.ts'
import { PictureWorker } from './picture-worker.ts'
import { PLACEHOLDER_MEDIA_TYPE, placeholder } from './placeholder.ts'
import { RegularTask } from '../background/regular-task.ts'
import { type MadeRendition, Renditions } from './renditions.ts'
import { Strips } from './strips.ts'
import { CorruptBlob, VerifiedBlob } from './verified-blob.ts'

export interface PicturesOptions {
  readonly images: ImageStore
  readonly originals: BlobStore
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  /** Which node collects. */
  readonly tasks: TaskStore
  /** Closed by `stop`. */
  readonly decoder: PictureDecoder
  /** Where damage that shows here is noted. */
  readonly damaged: Pick<DamagedPictures, 'note'>
  /** Told by `damaged` what to forget. */
  readonly verified: VerifiedOriginals
  /** The same that publishing holds. */
  readonly locks: BlobLocks
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
  /** How many pictures are decoded at a time. 1 by default. */
  readonly concurrency?: number
  /** For how many seconds links to originals hold; null for no links, as by default. */
  readonly linkSeconds?: number | null
  /** How long somebody who asks for a rendition waits for it to be made. 10 s by default. */
  readonly patience?: DurationMs
  /** How many may wait for renditions at a time. */
  readonly maxWaiting?: number
}

/** A picture to be sent. */
export interface OpenPicture {
  readonly mediaType: string
  readonly bytes: number
  /** False for a placeholder: better may come. */
  readonly isFinal: boolean
  /** The bytes; an error at its end when the storage has changed them. Destroy it when it isn't read to its end. */
  stream(range?: { readonly start: number; readonly end: number }): Readable
}

/** Originals up to this size are read once, into memory, before the first byte is sent. */
const MAX_HELD_BYTES = 512 * 1024

/** Pictures claimed for each decoder: none of them waits for a claim, nor long for the slowest of the others. */
const CLAIMS_PER_DECODER = 8

const COLLECT_FIRST = durationMs(5 * MINUTE)
const COLLECT_EVERY = HOUR
/** Looking at every blob is work: once a day. */
const SWEEP_EVERY = DAY

/** Originals and what is made from them: thumbs in the background, previews when asked for. */
export class Pictures {
  /** What keograms are made of. */
  readonly strips: Strips
  readonly #options: PicturesOptions
  readonly #queue: DecodeQueue
  readonly #renditions: Renditions
  readonly #worker: PictureWorker
  readonly #collector: OrphanCollector
  readonly #collecting: RegularTask

  constructor(options: PicturesOptions) {
    const { images, tasks, now, report, concurrency = 1, maxWaiting = 256 } = options
    this.#options = options
    this.#queue = new DecodeQueue({ concurrency, maxWaiting })
    this.#renditions = new Renditions({ ...options, queue: this.#queue })
    this.strips = new Strips({ ...options, renditions: this.#renditions, queue: this.#queue })
    const process = (image: StoredImage): Promise<void> => this.#makeThumb(image)
    this.#worker = new PictureWorker({
      images,
      now,
      report,
      process,
      claims: CLAIMS_PER_DECODER * concurrency,
    })
    const collector = new OrphanCollector(options)
    this.#collector = collector
    this.#collecting = new RegularTask({
      run: async () => {
        // Later is soon enough, and sooner than the next period.
        if (await doCollectorsRest(tasks)) return
        await oncePerPeriod(tasks, 'unreferenced pictures', COLLECT_EVERY, () => collector.unreferenced())
        await oncePerPeriod(tasks, 'stray pictures', SWEEP_EVERY, () => collector.strays())
      },
      first: COLLECT_FIRST,
      every: COLLECT_EVERY,
      report,
    })
  }

  /** Begins the background work: thumbs of pending pictures, and collecting what nothing refers to. */
  start(): void {
    this.#worker.start()
    this.#collecting.start()
  }

  /** How many pictures wait to be decoded here. */
  get waiting(): number {
    return this.#queue.waiting
  }

  /** There are new pictures. Returns at once. */
  notify(): void {
    this.#worker.notify()
  }

  /**
   * A picture in a size; for one that can't be decoded, a placeholder in place of its renditions. Renditions that
   * don't exist yet are made while the caller waits.
   *
   * @throws SenioError `not-found`; `overloaded` when it can't be made in time; `shutting-down`;
   *   `storage-failing`, also when the original is missing or not what it was
   */
  async open(sha1: string, size: ImageSize): Promise<OpenPicture> {
    if (size === 'original') return this.#openOriginal(sha1)
    const kept = await this.#renditions.kept(sha1, size)
    const bytes = kept ?? (await this.#makeNow(await this.#find(sha1), size))
    return bytes === null
      ? { ...toPicture(memoryBlob(placeholder), PLACEHOLDER_MEDIA_TYPE), isFinal: false }
      : toPicture(memoryBlob(bytes), RENDITION_MEDIA_TYPE)
  }

  /** Where links lead to, as an origin; null when there are none. */
  get linkOrigin(): string | null {
    const { originals, linkSeconds = null } = this.#options
    return linkSeconds === null ? null : (originals.links?.origin ?? null)
  }

  /**
   * A link under which the original may be fetched for a while, past this program; null when there are none.
   * @throws SenioError `not-found`
   */
  async link(sha1: string): Promise<string | null> {
    const { originals, linkSeconds = null } = this.#options
    if (linkSeconds === null || originals.links === undefined) return null
    const { mediaType } = await this.#find(sha1)
    return originals.links.make(sha1, mediaType, linkSeconds)
  }

  /**
   * What the camera wrote into a picture; nothing where that can't be read.
   * @throws SenioError `not-found`, `overloaded`, `shutting-down`, `storage-failing` as `open`
   */
  async exif(sha1: string): Promise<ExifJson> {
    const { decoder, patience = durationMs(10 * SECOND) } = this.#options
    const { original } = await this.#original(await this.#find(sha1))
    const reading = this.#queue.add(true, () => decoder.exif(original))
    return this.#noting(sha1, () => deadline(reading.result, patience, tooLate))
  }

  /**
   * Notes which pictures no value refers to, removes those of which that was noted an hour ago, and bytes without a row
   * that are as old. Gives how many.
   */
  async collectOrphans(): Promise<number> {
    const unreferenced = await this.#collector.unreferenced()
    return unreferenced + (await this.#collector.strays())
  }

  /** Finishes what is being decoded, and closes the decoder. */
  async stop(): Promise<void> {
    await Promise.all([this.#worker.stop(), this.#queue.stop(), this.#collecting.stop()])
    await this.#options.decoder.close()
  }

  async #openOriginal(sha1: string): Promise<OpenPicture> {
    const image = await this.#find(sha1)
    const { original, version } = await this.#original(image)
    if (image.bytes <= MAX_HELD_BYTES) {
      const bytes = await this.#noting(sha1, () => buffer(original.stream()))
      return toPicture(memoryBlob(bytes), image.mediaType)
    }
    // Read before it is sent, so that damage is an answer of its own and not a picture that ends early.
    await this.#noting(sha1, () => this.#options.verified.verify(sha1, version, () => original.check()))
    const picture = toPicture(original, image.mediaType)
    return {
      ...picture,
      stream: (range) => picture.stream(range).on('error', (error) => this.#noteCorrupt(sha1, error)),
    }
  }

  async #original(
    image: StoredImage,
  ): Promise<{ readonly original: VerifiedBlob; readonly version: string }> {
    const { sha1, bytes } = image
    const blob = await this.#options.originals.open(sha1)
    if (blob?.bytes === bytes) return { original: new VerifiedBlob(blob, image), version: blob.version }
    this.#options.damaged.note(sha1, blob === null ? 'missing' : 'damaged')
    throw new SenioError(
      'storage-failing',
      `The original of the picture ${sha1} is missing from the storage, or not whole. Restore it from a backup, or publish it again.`,
    )
  }

  /** What reads an original; that it is corrupt is noted. */
  async #noting<Result>(sha1: string, read: () => Promise<Result>): Promise<Result> {
    try {
      return await read()
    } catch (error) {
      this.#noteCorrupt(sha1, error)
      throw error
    }
  }

  #noteCorrupt(sha1: string, error: unknown): void {
    if (error instanceof CorruptBlob) this.#options.damaged.note(sha1, 'damaged')
  }

  async #find(sha1: string): Promise<StoredImage> {
    const image = (await this.#options.images.find([sha1])).get(sha1)
    if (image === undefined) throw new SenioError('not-found', 'There is no such picture.')
    return image
  }

  /** null when the original can't be decoded. A rendition that can't be kept serves all the same. */
  async #makeNow(image: StoredImage, size: RenditionSize): Promise<Uint8Array | null> {
    if (image.state === 'failed') return null
    const { patience = durationMs(10 * SECOND), report } = this.#options
    const made = await deadline(this.#renditions.make(image, size, true), patience, tooLate)
    this.#reportUndecodable(image, made)
    if (made.storeFailure !== undefined) report(made.storeFailure)
    return made.bytes
  }

  async #makeThumb(image: StoredImage): Promise<void> {
    const made = await this.#renditions.make(image, 'thumb', false)
    this.#reportUndecodable(image, made)
    if (made.storeFailure !== undefined) throw made.storeFailure
  }

  #reportUndecodable({ sha1 }: StoredImage, { bytes, reason }: MadeRendition): void {
    if (bytes !== null) return
    this.#options.report(
      new SenioError('unsupported-image', `The picture ${sha1} cannot be decoded: ${reason ?? ''}`),
    )
  }
}

function toPicture(blob: OpenBlob, mediaType: string): OpenPicture {
  return { mediaType, bytes: blob.bytes, isFinal: true, stream: (range) => blob.stream(range) }
}

function tooLate(): SenioError {
  return new SenioError(
    'overloaded',
    'The picture is still being made smaller. Try again in a few seconds.',
    {
      retryAfter: 5,
    },
  )
}
