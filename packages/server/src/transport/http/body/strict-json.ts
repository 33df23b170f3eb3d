import { isUtf8 } from 'node:buffer'
import { SenioError } from '@senio/protocol'

/** Nothing that is sent needs more than six levels. */
const MAX_DEPTH = 32

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b
const CLOSE_BRACE = 0x7d
const CLOSE_BRACKET = 0x5d

/**
 * One JSON text (RFC 8259) from its bytes, stricter than `JSON.parse`: valid UTF-8 (one BOM is allowed), not
 * deeply nested, no key twice in one object. Numbers that overflow become infinite, as `JSON.parse` has it.
 *
 * @throws SenioError `invalid-utf8`, `json-too-deep`, `malformed-json`, `duplicate-key` (with the index of the first such item
 *   when it is a list)
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) {
    throw new SenioError('invalid-utf8', 'The JSON is not valid UTF-8. Encode it as UTF-8 before sending it.')
  }
  const keys = countKeys(bytes)
  const json = parseText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
  if (countDistinctKeys(json) !== keys) {
    const duplicate = new SenioError(
      'duplicate-key',
      'A key appears twice in one JSON object. Send each key once.',
    )
    throw Array.isArray(json) ? duplicate.atIndex(firstWithDuplicate(bytes, json)) : duplicate
  }
  return json
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'not JSON'
    throw new SenioError('malformed-json', `The body is not valid JSON: ${printable(reason)}.`)
  }
}

/** The reason quotes the body: keep the answer short and free of control characters. */
function printable(reason: string): string {
  return reason.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?').slice(0, 200)
}

/** The number of colons outside of strings: in valid JSON, the number of keys, duplicates included. */
function countKeys(bytes: Uint8Array): number {
  let keys = 0
  let depth = 0
  for (let i = 0; i < bytes.length; i++) {
    switch (bytes[i]) {
      case QUOTE:
        for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++
        break
      case COLON:
        keys++
        break
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > MAX_DEPTH) {
          throw new SenioError('json-too-deep', `The JSON is nested more than ${MAX_DEPTH} levels deep.`)
        }
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--
        break
      default:
    }
  }
  return keys
}

/** The index of the first item of a list that has a key twice: the keys of each are counted once more. */
function firstWithDuplicate(bytes: Uint8Array, list: readonly unknown[]): number {
  let index = 0
  let start = 0
  let depth = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--
    if (byte !== COMMA || depth !== 1) continue
    if (countKeys(bytes.subarray(start, i)) !== countDistinctKeys(list[index])) return index
    start = i
    index++
  }
  return index
}

/** The number of keys that are left after parsing, where the last of duplicates wins. */
function countDistinctKeys(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0
  let keys = 0
  if (Array.isArray(json)) {
    for (const item of json) if (typeof item === 'object') keys += countDistinctKeys(item)
    return keys
  }
  for (const name of Object.keys(json)) {
    keys++
    const value = (json as Readonly<Record<string, unknown>>)[name]
    if (typeof value === 'object') keys += countDistinctKeys(value)
  }
  return keys
}

const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * For JSON whose keys aren't looked at one by one.
 * @throws SenioError `duplicate-key` when a key, however deep, would mean a prototype to careless code
 */
export function refuseReservedKeys(json: unknown): void {
  if (typeof json !== 'object' || json === null) return
  for (const [name, value] of Object.entries(json)) {
    if (!Array.isArray(json) && RESERVED.has(name)) {
      throw new SenioError('duplicate-key', `"${name}" can't be a key of a JSON object here.`, {
        field: name,
      })
    }
    refuseReservedKeys(value)
  }
}
