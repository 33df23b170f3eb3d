import { SenioError } from '@senio/protocol'
import { malformed } from './malformed.ts'

/** What a Content-Disposition header says. The file's name is ignored: only that there is one counts. */
export interface Disposition {
  readonly name: string
  readonly isFile: boolean
  /** Index behind the header's line. */
  readonly end: number
}

const TYPE = /[ \t]*form-data[ \t]*(?=;|\r\n|$)/iy
const LINE_END = /;?[ \t]*(?:\r\n|$)/y
const PARAMETER_NAME = /;[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=/y
const TOKEN = /([^\s;"]+)[ \t]*(?=;|\r\n|$)/y
/** As curl and many libraries write it: `\"` and `\\` stand for the character. */
const QUOTED = /"((?:[^"\\]|\\[^])*)"[ \t]*(?=;|\r\n|$)/y
/** As browsers write it: quotes are %22 and a backslash stands for itself, even the last one. */
const QUOTED_PLAIN = /"([^"]*)"[ \t]*(?=;|\r\n|$)/y
/** More than that is no client's header, and keeps the work linear. */
const MAX_PARAMETERS = 16

/**
 * Parses the value of a Content-Disposition header in `text` (one character a byte), from `start` to the end
 * of its line. Quoted file names may hold anything, line breaks included.
 *
 * @throws SenioError `malformed-multipart`; `invalid-utf8` when the name isn't UTF-8
 */
export function parseDisposition(text: string, start: number): Disposition {
  let at = skip(TYPE, text, start)
  if (at === null) throw malformed('The Content-Disposition of a part is not form-data.')
  const parameters = new Map<string, string>()
  for (;;) {
    const end = skip(LINE_END, text, at)
    if (end !== null) {
      const name = partName(parameters)
      return { name, isFile: parameters.has('filename') || parameters.has('filename*'), end }
    }
    PARAMETER_NAME.lastIndex = at
    const key = PARAMETER_NAME.exec(text)?.[1]?.toLowerCase()
    const value = key === undefined ? null : parseValue(text, PARAMETER_NAME.lastIndex)
    if (key === undefined || value === null || parameters.has(key) || parameters.size === MAX_PARAMETERS) {
      throw malformed('The Content-Disposition header of a part cannot be read.')
    }
    parameters.set(key, value.text)
    at = value.end
  }
}

function skip(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function parseValue(text: string, at: number): { readonly text: string; readonly end: number } | null {
  for (const pattern of [TOKEN, QUOTED, QUOTED_PLAIN]) {
    pattern.lastIndex = at
    const value = pattern.exec(text)?.[1]
    if (value !== undefined) {
      const text = pattern === QUOTED ? value.replaceAll(/\\(["\\])/g, '$1') : value
      return { text, end: pattern.lastIndex }
    }
  }
  return null
}

/** `name*` (RFC 8187) comes before `name`, which is then the fallback for those who don't know it. */
function partName(parameters: ReadonlyMap<string, string>): string {
  const extended = parameters.get('name*')
  const plain = parameters.get('name')
  const bytes = extended === undefined ? escapedBytes(plain ?? '') : extendedBytes(extended)
  if (bytes.length === 0) throw malformed('A part has no name. Name it after its field.')
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SenioError('invalid-utf8', 'The name of a part is not valid UTF-8.', { cause })
  }
  if (/\p{Cc}/u.test(name)) throw malformed('The name of a part holds control characters.')
  return name
}

/** The three escapes of the HTML standard; any other `%` stands for itself. */
function escapedBytes(name: string): Buffer {
  const unescaped = name.replaceAll(/%(?:22|0D|0A)/gi, (escape) => decodeURIComponent(escape))
  return Buffer.from(unescaped, 'latin1')
}

function extendedBytes(value: string): Buffer {
  const encoded = /^utf-8'[A-Za-z0-9-]*'((?:[!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-Fa-f]{2})*)$/i.exec(value)?.[1]
  if (encoded === undefined) throw malformed(`The name* of a part is not of the form UTF-8''name.`)
  const bytes = encoded.replaceAll(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1')
}
