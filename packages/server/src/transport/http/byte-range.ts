/** A part of something, start in, end out. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * The one range that a `Range` header asks for (RFC 9110, section 14). Whatever else it asks for — several, another
 * unit, what lies outside — is answered with all of it, as the RFC allows: null.
 *
 * @param bytes how many there are
 */
export function byteRange(header: string | undefined, bytes: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  const [start, end] =
    first === ''
      ? [Math.max(0, bytes - Number(last)), bytes]
      : [Number(first), last === '' ? bytes : Math.min(bytes, Number(last) + 1)]
  return start < end ? { start, end } : null
}
