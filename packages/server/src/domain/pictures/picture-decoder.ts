import type { KeogramColumn } from '@senio/protocol'
import type { ExifJson, ImageSize } from '@senio/protocol/api'
import type { OpenBlob } from '../../storage/blob-store.ts'

/** The sizes that are made from an original. */
export type RenditionSize = Exclude<ImageSize, 'original'>

/** Longest side of a rendition in pixels. Smaller pictures keep their size. */
export const RENDITION_PIXELS: Readonly<Record<RenditionSize, number>> = { thumb: 320, preview: 1280 }

export const RENDITION_MEDIA_TYPE = 'image/webp'

export type Decoded =
  | {
      readonly outcome: 'decoded'
      /** A WebP picture, upright, without metadata, that fits the size. */
      readonly bytes: Uint8Array
      /** Pixels of the original, upright. */
      readonly width: number
      readonly height: number
      /** Whether parts of the original could not be read; the rendition then shows the rest. */
      readonly damaged: boolean
    }
  | {
      readonly outcome: 'undecodable'
      /** For the log. */
      readonly reason: string
    }

/** A thumb squeezed to one column of pixels, as high as it is: RGBA, from top to bottom. */
export type Strip = Uint8Array

export interface Pixels {
  /** RGBA, row by row: width × height × 4 bytes. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * Makes small pictures from originals, whose bytes may be made to harm: whatever they do to the decoder, a call
 * ends in time and the next one works.
 */
export interface PictureDecoder {
  /**
   * Calls at the same time run at the same time: the caller bounds them. The source is read from its beginning,
   * more than once when the decoder has to be started anew. The same bytes may be undecodable once and decoded
   * later only when the machine was short of memory or time.
   *
   * @throws SenioError `overloaded` when no decoder can be started, `shutting-down` after `close`, and what the
   *   source throws
   */
  decode(source: OpenBlob, size: RenditionSize): Promise<Decoded>
  /**
   * Strips of thumbs, in their order; null for what can't be read.
   * @throws SenioError `overloaded`, `shutting-down` as `decode`
   */
  strips(thumbs: readonly Uint8Array[], column: KeogramColumn): Promise<readonly (Strip | null)[]>
  /** A WebP picture of pixels. @throws SenioError `overloaded`, `shutting-down` as `decode` */
  encode(pixels: Pixels): Promise<Uint8Array>
  /**
   * What the camera wrote into a picture; nothing where that can't be read.
   * @throws SenioError `overloaded`, `shutting-down` as `decode`, and what the source throws
   */
  exif(source: OpenBlob): Promise<ExifJson>
  /** Ends what runs. */
  close(): Promise<void>
}
