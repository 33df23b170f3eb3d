import { buffer } from 'node:stream/consumers'
import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { DecodeQueue, QueuedDecode } from './decode-queue.ts'
import type { Decoded, PictureDecoder, RenditionSize } from './picture-decoder.ts'
import { VerifiedBlob } from './verified-blob.ts'

export interface RenditionPorts {
  readonly images: Pick<ImageStore, 'finish'>
  readonly originals: BlobStore
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  readonly decoder: PictureDecoder
  readonly queue: DecodeQueue
}

/** A rendition that was made just now. */
export interface MadeRendition {
  /** null when the original can't be decoded. */
  readonly bytes: Uint8Array | null
  /** Why it, or what was found about the picture, could not be stored; absent when it was. */
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

  /**
   * What was made before; null when nothing was. These stores need not survive a power cut: what it left half
   * written is removed, to be made again.
   */
  async kept(sha1: string, size: RenditionSize): Promise<Uint8Array | null> {
    const blob = await this.#store(size).open(sha1)
    if (blob === null) return null
    const bytes = await buffer(blob.stream())
    if (isWholeWebp(bytes)) return bytes
    await this.#store(size).delete(sha1)
    return null
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
    const { originals, decoder } = this.#ports
    const blob = await originals.open(image.sha1)
    if (blob === null) return { outcome: 'undecodable', reason: 'The original is missing from the storage.' }
    const original = new VerifiedBlob(blob, image.sha1)
    try {
      return await decoder.decode(original, size)
    } catch (error) {
      if (original.isCorrupt) return { outcome: 'undecodable', reason: String(error) }
      throw error
    }
  }

  async #keep(image: StoredImage, size: RenditionSize, decoded: Decoded): Promise<void> {
    const { images } = this.#ports
    const isPending = image.state === 'pending'
    if (decoded.outcome === 'undecodable') {
      const { sha1 } = image
      if (isPending) await images.finish(sha1, { width: null, height: null, damaged: true, state: 'failed' })
      return
    }
    await this.#write(image.sha1, size, decoded.bytes)
    if (!isPending || size !== 'thumb') return
    const { width, height } = decoded
    const damaged = decoded.damaged || image.damaged
    await images.finish(image.sha1, { width, height, damaged, state: 'ready' })
  }

  async #write(sha1: string, size: RenditionSize, bytes: Uint8Array): Promise<void> {
    const draft = await this.#store(size).create()
    try {
      await draft.write(bytes)
      await draft.commit(sha1)
    } catch (error) {
      await draft.discard()
      throw error
    }
  }

  #store(size: RenditionSize): BlobStore {
    return size === 'thumb' ? this.#ports.thumbs : this.#ports.previews
  }
}

/** RFC 9649 section 2.4: the container tells how many bytes follow its first 8. */
function isWholeWebp(bytes: Buffer): boolean {
  return (
    bytes.length >= 8 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.readUInt32LE(4) + 8 === bytes.length
  )
}
