import type { CreateNoteRequest, NoteJson, NoteListJson, UpdateNoteRequest } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { RangeQuery } from './measurements.ts'
import type { PageQuery } from './page-query.ts'

/** What people noted on a sensor's time axis. */
export function notesResource(http: Http) {
  return {
    /** Those that touch the range, ordered by their start. */
    list: (sensor: string, query: RangeQuery & PageQuery = {}, options?: ReadOptions) =>
      http.get<NoteListJson>(apiPath('sensors', sensor, 'notes'), { ...query }, options),
    create: (sensor: string, note: CreateNoteRequest) =>
      http.send<NoteJson>('POST', apiPath('sensors', sensor, 'notes'), note),
    /** What is absent stays; `to` null makes it a note on an instant. */
    update: (sensor: string, id: number, change: UpdateNoteRequest) =>
      http.send<NoteJson>('PATCH', apiPath('sensors', sensor, 'notes', id), change),
    delete: (sensor: string, id: number) =>
      http.send<void>('DELETE', apiPath('sensors', sensor, 'notes', id)),
  }
}
