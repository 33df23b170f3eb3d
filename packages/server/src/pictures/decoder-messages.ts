import type { ExifJson } from '@senio/protocol/api'
import type { PixelsToEncode } from './encode-pixels.ts'
import type { StripsRequest } from './make-strips.ts'

/** What the server and a decoder process say to each other. One request at a time. */

export type ToDecoder =
  /** A picture of that many bytes follows; what was sent of another one is void. */
  | { readonly kind: 'picture'; readonly bytes: number; readonly box: number; readonly maxPixels: number }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  /** In place of `end`: what the camera wrote into it. */
  | { readonly kind: 'read-exif' }
  | ({ readonly kind: 'strips' } & StripsRequest)
  | ({ readonly kind: 'encode' } & PixelsToEncode)

export type FromDecoder =
  /** Once, when requests may be sent. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'decoded'
      readonly bytes: Uint8Array
      readonly width: number
      readonly height: number
      readonly damaged: boolean
    }
  /** One a thumb, in their order; null for what can't be read. */
  | { readonly kind: 'strips'; readonly strips: readonly (Uint8Array | null)[] }
  | { readonly kind: 'encoded'; readonly bytes: Uint8Array }
  | { readonly kind: 'exif'; readonly exif: ExifJson }
  | { readonly kind: 'undecodable'; readonly reason: string }
