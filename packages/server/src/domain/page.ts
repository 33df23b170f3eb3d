import { SenioError } from '@senio/protocol'
import { decodeNumberCursor, encodeCursor } from './query/cursor.ts'

/** One page of a list, and where the next one starts; null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/**
 * Cuts to a page what was read with one entry too many.
 * @param limit at least 1; `rows` holds at most `limit + 1`
 * @param key what the list is ordered by
 */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  key: (item: Item) => string | number,
): Page<Item> {
  if (rows.length <= limit) return { items: rows, next: null }
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last === undefined ? null : encodeCursor(key(last)) }
}

/**
 * The id after which a page starts; null for the first page.
 * @throws SenioError `parameter-invalid`
 */
export function idAfter(cursor: string | null): number | null {
  if (cursor === null) return null
  const id = decodeNumberCursor(cursor)
  if (Number.isSafeInteger(id)) return id
  throw new SenioError('parameter-invalid', 'The cursor is not one that a list gave as "next".', {
    field: 'cursor',
  })
}
