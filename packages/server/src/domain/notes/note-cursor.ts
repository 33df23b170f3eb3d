import { SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { Note, NoteId } from '../../storage/note-store.ts'
import { decodeTextCursor } from '../query/cursor.ts'

/** What lists of notes are ordered by, as the key of a cursor. */
export function noteKey({ from, id }: Pick<Note, 'from' | 'id'>): string {
  return `${from} ${id}`
}

/** @throws SenioError `parameter-invalid` */
export function decodeNoteCursor(cursor: string): { readonly from: TimestampMs; readonly id: NoteId } {
  const [from, id] = decodeTextCursor(cursor).split(' ').map(Number)
  if (from !== undefined && Number.isFinite(from) && id !== undefined && Number.isSafeInteger(id)) {
    return { from: timestampMs(from), id: id as NoteId }
  }
  throw new SenioError('parameter-invalid', 'The cursor is not one that a list gave as "next".', {
    field: 'cursor',
  })
}
