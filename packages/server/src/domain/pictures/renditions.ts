import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { DecodedImage, ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { DamagedPictures } from '../integrity/damaged-pictures.ts'
import type { DecodeQueue, QueuedDecode } from './decode-queue.ts'
import { keep, readKept } from './kept-webp.ts'
import type { Decoded, PictureDecoder, RenditionSize } from './picture-decoder.ts'
import { VerifiedBlob } from './verified-blob.ts'

export interface RenditionPorts {
  readonly images: Pick<ImageStore, 'finish'>
  readonly originals: BlobStore
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  /** Where damage that shows here is noted. */
  readonly damaged: Pick<DamagedPictures, 'note'>
  readonly decoder: PictureDecoder
  readonly queue: DecodeQueue
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

/** A rendition that was made just now. */
export interface MadeRendition {
  /** null when the original can't be decoded. */
  readonly bytes: Uint8Array | null
  /** Why it could not be stored; absent when it was. */
  readonly storeFailure?: Error
  /** Why it could not be decoded, for the log; absent when it was. */
  readonly reason?: string
}

/** Makes renditions, one at a time per picture and size, and keeps them. */
export class Renditions {
  readonly #ports: RenditionPorts
  readonly #inFlight = new Map<string, QueuedDecode<MadeRendition>>()

  constructor(ports: RenditionPorts) {
    this.#ports = ports
  }

  /** What was made before; null when nothing was. */
  kept(sha1: string, size: RenditionSize): Promise<Uint8Array | null> {
    return readKept(this.#store(size), sha1)
  }

  /**
   * Makes a rendition, or joins whoever is making it. A pending picture is finished by its thumb, or by the
   * finding that it can't be decoded.
   *
   * @throws SenioError `overloaded`, `shutting-down`, or what reading the original throws
   */
  make(image: StoredImage, size: RenditionSize, isUrgent: boolean): Promise<MadeRendition> {
    const key = `${size} ${image.sha1}`
    const others = this.#inFlight.get(key)
    if (others !== undefined) {
      if (isUrgent) others.hurry()
      return others.result
    }
    const decode = this.#ports.queue.add(isUrgent, () => this.#make(image, size))
    this.#inFlight.set(key, decode)
    const forget = (): void => {
      this.#inFlight.delete(key)
    }
    decode.result.then(forget, forget)
    return decode.result
  }

  async #make(image: StoredImage, size: RenditionSize): Promise<MadeRendition> {
    const decoded = await this.#decode(image, size)
    const made =
      decoded.outcome === 'decoded' ? { bytes: decoded.bytes } : { bytes: null, reason: decoded.reason }
    try {
      await this.#keep(image, size, decoded)
      return made
    } catch (error) {
      const storeFailure = error instanceof Error ? error : new SenioError('defect', String(error))
      return { ...made, storeFailure }
    }
  }

  async #decode(image: StoredImage, size: RenditionSize): Promise<Decoded> {
    const { originals, decoder, damaged } = this.#ports
    const blob = await originals.open(image.sha1)
    if (blob === null) {
      damaged.note(image.sha1, 'missing')
      return { outcome: 'undecodable', reason: 'The original is missing from the storage.' }
    }
    const original = new VerifiedBlob(blob, image)
    try {
      return await decoder.decode(original, size)
    } catch (error) {
      if (!original.isCorrupt) throw error
      damaged.note(image.sha1, 'damaged')
      return { outcome: 'undecodable', reason: String(error) }
    }
  }

  async #keep(image: StoredImage, size: RenditionSize, decoded: Decoded): Promise<void> {
    if (decoded.outcome === 'undecodable') {
      this.#finish(image, { width: null, height: null, damaged: true, state: 'failed' })
      return
    }
    await keep(this.#store(size), image.sha1, decoded.bytes)
    if (size !== 'thumb') return
    const { width, height } = decoded
    this.#finish(image, { width, height, damaged: decoded.damaged || image.damaged, state: 'ready' })
  }

  /** Nobody waits: a picture whose end isn't written down is only made once more. */
  #finish({ sha1, state }: StoredImage, found: DecodedImage): void {
    const { images, report } = this.#ports
    if (state === 'pending') images.finish(sha1, found).catch(report)
  }

  #store(size: RenditionSize): BlobStore {
    return size === 'thumb' ? this.#ports.thumbs : this.#ports.previews
  }
}
