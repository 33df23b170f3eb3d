import { SenioError } from '@senio/protocol'

/** A part of something, start in, end out. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * The one range that a `Range` header asks for (RFC 9110, section 14). Whatever else it asks for (several, another unit, an end
 * before its beginning) is answered with all of it, as the RFC allows: null.
 *
 * @param bytes how many there are
 * @throws SenioError `range-not-satisfiable` for one without a single byte in it
 */
export function byteRange(header: string | undefined, bytes: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  const [start, end] =
    first === ''
      ? [Math.max(0, bytes - Number(last)), bytes]
      : [Number(first), last === '' ? bytes : Math.min(bytes, Number(last) + 1)]
  if (start < end) return { start, end }
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  throw new SenioError('range-not-satisfiable', `The range has no byte of the ${bytes} that there are.`)
}
