import { parseDisposition } from './disposition.ts'
import { malformed } from './malformed.ts'

/** What the header block of a part says. */
export interface PartHead {
  readonly name: string
  readonly isFile: boolean
  readonly mediaType: string
}

/** `field-name ":"` of RFC 5322, in the alphabet of RFC 9110 tokens. */
const FIELD_NAME = /([!#$%&'*+.^_`|~0-9A-Za-z-]+):/y
/** To the end of its line; CR, LF and NUL don't belong into a value (RFC 9110 section 5.5). */
const FIELD_VALUE = /([^\r\n\0]*)(?:\r\n|$)/y
/** `type "/" subtype` of RFC 9110 section 8.3.1, in lower case. */
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/
/** Encodings that leave the bytes as they are; RFC 7578 section 4.7 deprecates the header altogether. */
const IDENTITY_ENCODINGS: ReadonlySet<string> = new Set(['binary', '8bit', '7bit'])

/**
 * The header block of a part, without the empty line that ends it. Headers other than Content-Disposition,
 * Content-Type and Content-Transfer-Encoding are ignored (RFC 7578 section 4.8).
 *
 * @throws SenioError `malformed-multipart`; `invalid-utf8` when the name isn't UTF-8
 */
export function parsePartHead(block: Buffer): PartHead {
  const text = block.toString('latin1')
  const values = new Map<string, string>()
  let disposition: { readonly name: string; readonly isFile: boolean } | null = null
  let at = 0
  while (at < text.length) {
    FIELD_NAME.lastIndex = at
    const field = FIELD_NAME.exec(text)?.[1]?.toLowerCase()
    if (field === undefined) throw malformed('A header line of a part is not of the form "Name: value".')
    if (field === 'content-disposition') {
      if (disposition !== null) throw malformed('A part has two Content-Disposition headers.')
      const parsed = parseDisposition(text, FIELD_NAME.lastIndex)
      disposition = parsed
      at = parsed.end
      continue
    }
    FIELD_VALUE.lastIndex = FIELD_NAME.lastIndex
    const value = FIELD_VALUE.exec(text)?.[1]?.trim().toLowerCase()
    if (value === undefined) {
      throw malformed(`The ${field} header of a part holds a line break or NUL; lines end with CR LF.`)
    }
    if (field.startsWith('content-') && values.has(field)) {
      throw malformed(`A part has two ${field} headers.`)
    }
    values.set(field, value)
    at = FIELD_VALUE.lastIndex
  }
  if (disposition === null) {
    throw malformed('A part has no Content-Disposition header, so its field is unknown.')
  }
  const encoding = values.get('content-transfer-encoding')
  if (encoding !== undefined && !IDENTITY_ENCODINGS.has(encoding)) {
    throw malformed(
      `The part "${disposition.name}" has a Content-Transfer-Encoding. Send the bytes as they are.`,
    )
  }
  return {
    name: disposition.name,
    isFile: disposition.isFile,
    mediaType: mediaTypeOf(values.get('content-type')),
  }
}

/** What is missing or no type at all is plain text (RFC 2046 section 4, RFC 2045 section 5.2). */
function mediaTypeOf(contentType = ''): string {
  const mediaType = contentType.split(';', 1)[0]?.trim() ?? ''
  return MEDIA_TYPE.test(mediaType) ? mediaType : 'text/plain'
}
