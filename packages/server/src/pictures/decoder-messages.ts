/** What the server and a decoder process say to each other. One picture at a time. */

export type ToDecoder =
  /** A picture of that many bytes follows; what was sent of another one is void. */
  | { readonly kind: 'picture'; readonly bytes: number; readonly box: number; readonly maxPixels: number }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }

export type FromDecoder =
  /** Once, when pictures may be sent. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'decoded'
      readonly bytes: Uint8Array
      readonly width: number
      readonly height: number
      readonly damaged: boolean
    }
  | { readonly kind: 'undecodable'; readonly reason: string }
