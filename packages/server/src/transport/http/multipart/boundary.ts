import { SenioError } from '@senio/protocol'
import { malformed } from './malformed.ts'

/** RFC 2046 section 5.1.1: at most 70 characters. */
const MAX_BOUNDARY_LENGTH = 70
/** `bchars` of RFC 2046 section 5.1.1; a space only inside. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]*[0-9A-Za-z'()+_,\-./:=?]$/
/**
 * One parameter of a Content-Type. Unquoted values are taken as far as the next semicolon: several clients
 * leave boundaries with `=`, `/` or `:` unquoted.
 */
const PARAMETER = /;[ \t]*(?:([^\s;="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)))?[ \t]*/y

/**
 * The boundary that a Content-Type header declares.
 *
 * @throws SenioError `unsupported-content-type` when it isn't multipart/form-data; `malformed-multipart` when
 *   the boundary is absent, empty, declared twice, longer than 70 characters or has characters that
 *   RFC 2046 doesn't allow
 */
export function parseBoundary(contentType: string): string {
  const type = /^[ \t]*multipart\/form-data[ \t]*(?=;|$)/i.exec(contentType)
  if (type === null) {
    throw new SenioError('unsupported-content-type', 'The content type is not multipart/form-data.')
  }
  let boundary: string | undefined
  let at = type[0].length
  while (at < contentType.length) {
    PARAMETER.lastIndex = at
    const parameter = PARAMETER.exec(contentType)
    if (parameter === null) throw malformed('The Content-Type header of the request cannot be read.')
    at = PARAMETER.lastIndex
    if (parameter[1]?.toLowerCase() !== 'boundary') continue
    if (boundary !== undefined) throw malformed('The Content-Type header declares two boundaries.')
    boundary = parameter[2]?.replaceAll(/\\(.)/g, '$1') ?? parameter[3] ?? ''
  }
  if (boundary === undefined || boundary === '') {
    throw malformed(
      'The Content-Type header declares no boundary. Let the HTTP library set that header instead of setting it by hand.',
    )
  }
  if (boundary.length > MAX_BOUNDARY_LENGTH || !BOUNDARY.test(boundary)) {
    throw malformed(
      `The boundary of the multipart body has more than ${MAX_BOUNDARY_LENGTH} characters, or characters that RFC 2046 does not allow.`,
    )
  }
  return boundary
}
