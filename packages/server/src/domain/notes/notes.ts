import { isStorableText, MAX_NOTE_LENGTH, SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { Note, NoteId, NotePlace, NoteStore } from '../../storage/note-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { Clock } from '../clock.ts'
import { type Page, toPage } from '../page.ts'
import { toRange } from '../query/range.ts'
import { decodeNoteCursor, noteKey } from './note-cursor.ts'

/** Most notes of a sensor. */
const MAX_NOTES = 10_000

export interface NotesQuery {
  readonly from?: number | undefined
  /** Exclusive. */
  readonly to?: number | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What people note on a sensor's time axis. Whoever asks is authorised for the sensor already. */
export class Notes {
  readonly #notes: NoteStore
  readonly #now: Clock

  constructor({ notes, now }: { readonly notes: NoteStore; readonly now: Clock }) {
    this.#notes = notes
    this.#now = now
  }

  /** @throws SenioError `parameter-invalid`, `limit-reached` */
  async create(
    sensor: Sensor,
    note: { readonly text: string; readonly from: number; readonly to: number | null },
  ): Promise<Note> {
    const stored = { ...checkPlace(note.from, note.to), text: parseText(note.text) }
    if ((await this.#notes.count(sensor.id)) >= MAX_NOTES) {
      throw new SenioError('limit-reached', `A sensor has at most ${MAX_NOTES} notes. Delete some first.`)
    }
    return this.#notes.create({ ...stored, sensor: sensor.id, created: this.#now() })
  }

  /** Those that touch the range, ordered by their start. @throws SenioError `parameter-invalid` */
  async list(sensor: Sensor, { from, to, limit, cursor }: NotesQuery): Promise<Page<Note>> {
    toRange(from ?? -Infinity, to ?? Infinity)
    const rows = await this.#notes.list(sensor.id, {
      from: orNull(from),
      to: orNull(to),
      after: cursor === undefined ? null : decodeNoteCursor(cursor),
      limit: limit + 1,
    })
    return toPage(rows, limit, noteKey)
  }

  /** What is absent stays. @throws SenioError `not-found`, `parameter-invalid` */
  async update(
    sensor: Sensor,
    id: number,
    change: {
      readonly text?: string | undefined
      readonly from?: number | undefined
      readonly to?: number | null | undefined
    },
  ): Promise<Note> {
    const note = await this.#notes.find(sensor.id, id as NoteId)
    if (note === null) throw noNote()
    const changed = {
      ...checkPlace(change.from ?? note.from, change.to === undefined ? note.to : change.to),
      text: change.text === undefined ? note.text : parseText(change.text),
      changed: this.#now(),
    }
    if (!(await this.#notes.update(sensor.id, note.id, changed))) throw noNote()
    return { ...note, ...changed }
  }

  /** @throws SenioError `not-found` */
  async delete(sensor: Sensor, id: number): Promise<void> {
    if (!(await this.#notes.delete(sensor.id, id as NoteId))) throw noNote()
  }
}

function parseText(text: string): string {
  const parsed = text.trim()
  if (parsed !== '' && parsed.length <= MAX_NOTE_LENGTH && isStorableText(parsed)) return parsed
  throw new SenioError(
    'parameter-invalid',
    `A note has 1 to ${MAX_NOTE_LENGTH} characters, none of them NUL or half of one.`,
    { field: 'text' },
  )
}

function checkPlace(from: number, to: number | null): NotePlace {
  if (to === null || to > from) return { from: timestampMs(from), to: orNull(to) }
  throw new SenioError(
    'parameter-invalid',
    `A note on a range ends later than it begins: to (${to}) is not later than from (${from}). ` +
      'For a note on an instant leave "to" out, or send null.',
    { field: 'to' },
  )
}

function orNull(ms: number | null | undefined): TimestampMs | null {
  return ms === undefined || ms === null ? null : timestampMs(ms)
}

function noNote(): SenioError {
  return new SenioError('not-found', 'There is no such note.')
}
