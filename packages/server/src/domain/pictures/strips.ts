import type { KeogramColumn } from '@senio/protocol'
import type { StoredImage } from '../../storage/image-store.ts'
import type { DecodeQueue } from './decode-queue.ts'
import type { PictureDecoder, Pixels, Strip } from './picture-decoder.ts'
import { RecentBytes } from './recent-bytes.ts'
import type { Renditions } from './renditions.ts'

export interface StripsPorts {
  readonly renditions: Renditions
  readonly queue: DecodeQueue
  readonly decoder: PictureDecoder
  /** Told of thumbs that could not be made again. */
  readonly report: (error: unknown) => void
}

/** Thumbs in one turn of the decoder: whoever waits for a picture comes in between, and first. */
const BATCH = 16
/** Strips of the pictures used last: neighbouring scales, and a tile that grows, have most of theirs in common. */
const REMEMBERED = 4 * 1024 * 1024
/** Lost thumbs that one call has made again: the queue is for others, too. */
const MOST_REMADE = 16

/** Pictures squeezed to columns of pixels, made from their thumbs, and pictures made of such. */
export class Strips {
  readonly #ports: StripsPorts
  readonly #recent = new RecentBytes(REMEMBERED)

  constructor(ports: StripsPorts) {
    this.#ports = ports
  }

  /**
   * Strips of pictures by SHA-1. Those whose thumbs are lost or unreadable are absent: they are being made again.
   * @throws SenioError `overloaded`, `shutting-down`, or what reading the store throws
   */
  async of(images: readonly StoredImage[], column: KeogramColumn): Promise<ReadonlyMap<string, Strip>> {
    const strips = new Map<string, Strip>()
    const missing: StoredImage[] = []
    for (const image of images) {
      const strip = this.#recent.get(keyOf(image, column))
      if (strip === null) missing.push(image)
      else strips.set(image.sha1, strip)
    }
    const lost: StoredImage[] = []
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH)
      for (const [index, strip] of (await this.#make(batch, column)).entries()) {
        const image = batch[index]
        if (image === undefined) continue
        if (strip === null) lost.push(image)
        else {
          strips.set(image.sha1, strip)
          this.#recent.add(keyOf(image, column), strip)
        }
      }
    }
    for (const image of lost.slice(0, MOST_REMADE)) this.#remake(image)
    return strips
  }

  /** A WebP picture of pixels. @throws SenioError `overloaded`, `shutting-down` */
  encode(pixels: Pixels): Promise<Uint8Array> {
    const { queue, decoder } = this.#ports
    return queue.add(false, () => decoder.encode(pixels)).result
  }

  /** One an image, in their order; null where there is no thumb that can be read. */
  async #make(images: readonly StoredImage[], column: KeogramColumn): Promise<readonly (Strip | null)[]> {
    const { renditions, queue, decoder } = this.#ports
    const thumbs = await Promise.all(images.map(({ sha1 }) => renditions.kept(sha1, 'thumb')))
    const kept = thumbs.filter((thumb) => thumb !== null)
    if (kept.length === 0) return thumbs.map(() => null)
    const made = await queue.add(false, () => decoder.strips(kept, column)).result
    let next = 0
    return thumbs.map((thumb) => (thumb === null ? null : (made[next++] ?? null)))
  }

  #remake(image: StoredImage): void {
    const { renditions, report } = this.#ports
    renditions.make(image, 'thumb', false).catch(report)
  }
}

function keyOf({ sha1 }: StoredImage, column: KeogramColumn): string {
  return `${sha1} ${column}`
}
