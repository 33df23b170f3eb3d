import { SenioError } from '@senio/protocol'

/** What `next` of a list says: opaque to clients, the last key of the page to us. */
export function encodeCursor(key: number | string): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The number in a cursor. @throws SenioError `parameter-invalid` */
export function decodeNumberCursor(cursor: string): number {
  const key = decode(cursor)
  if (typeof key === 'number' && Number.isFinite(key)) return key
  throw invalidCursor()
}

/** The text in a cursor. @throws SenioError `parameter-invalid` */
export function decodeTextCursor(cursor: string): string {
  const key = decode(cursor)
  if (typeof key === 'string') return key
  throw invalidCursor()
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
  } catch {
    throw invalidCursor()
  }
}

function invalidCursor(): SenioError {
  return new SenioError(
    'parameter-invalid',
    '"cursor" must be what "next" of the page before said, unchanged.',
    { field: 'cursor' },
  )
}
