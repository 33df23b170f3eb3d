import { describe, expect, test } from 'vitest'
import type { NoteId } from '../note-store.ts'
import type { Database } from '../storage.ts'
import {
  newSensor,
  type OpenDatabase,
  present,
  time,
  type TestSensor,
  useDatabase,
} from './database-under-test.ts'

const NO_NOTE = 1_000_000 as NoteId

/** What `NoteStore` promises. */
export function noteStoreContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  const write = (db: Database, sensor: TestSensor, text: string, from: number, to: number | null = null) =>
    db.notes.create({
      sensor: sensor.id,
      text,
      from: time(from),
      to: to === null ? null : time(to),
      created: time(0),
    })

  const texts = async (
    db: Database,
    sensor: TestSensor,
    from: number | null,
    to: number | null,
    limit = 99,
  ) => {
    const notes = await db.notes.list(sensor.id, {
      from: from === null ? null : time(from),
      to: to === null ? null : time(to),
      after: null,
      limit,
    })
    return notes.map(({ text }) => text)
  }

  describe('notes', () => {
    test('are found, changed and deleted within their sensor', async () => {
      const { db } = database()
      const [sensor, other] = [await newSensor(db), await newSensor(db)]
      const note = await write(db, sensor, 'Repotted 🪴\nwith new soil', 0.25, 10)
      expect(note).toStrictEqual({
        id: note.id,
        text: 'Repotted 🪴\nwith new soil',
        from: time(0.25),
        to: time(10),
        created: time(0),
        changed: time(0),
      })
      expect(await db.notes.find(sensor.id, note.id)).toStrictEqual(note)
      expect(await db.notes.find(other.id, note.id)).toBeNull()
      const change = { text: 'new', from: time(1), to: null, changed: time(7) }
      expect(await db.notes.update(other.id, note.id, change)).toBe(false)
      expect(await db.notes.update(sensor.id, NO_NOTE, change)).toBe(false)
      expect(await db.notes.update(sensor.id, note.id, change)).toBe(true)
      expect(await db.notes.find(sensor.id, note.id)).toStrictEqual({ ...note, ...change })
      expect(await db.notes.delete(other.id, note.id)).toBe(false)
      expect(await db.notes.delete(sensor.id, note.id)).toBe(true)
      expect(await db.notes.delete(sensor.id, note.id)).toBe(false)
    })

    test('are listed when they touch the range', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await write(db, sensor, 'instant', 10)
      await write(db, sensor, 'long', 0, 30)
      await write(db, sensor, 'short', 10, 20)
      expect(await texts(db, sensor, null, null)).toStrictEqual(['long', 'instant', 'short'])
      expect(await texts(db, sensor, 12, 15)).toStrictEqual(['long', 'short'])
      expect(await texts(db, sensor, 10, 11)).toStrictEqual(['long', 'instant', 'short'])
      expect(await texts(db, sensor, 5, 10)).toStrictEqual(['long'])
      expect(await texts(db, sensor, 20, 25)).toStrictEqual(['long'])
      expect(await texts(db, sensor, 30, null)).toStrictEqual([])
      expect(await texts(db, sensor, null, 0)).toStrictEqual([])
    })

    test('are listed in pages, also those of one instant', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      for (const text of ['a', 'b', 'c', 'd']) await write(db, sensor, text, text === 'a' ? 5 : 1)
      const seen: string[] = []
      let after: { from: ReturnType<typeof time>; id: NoteId } | null = null
      for (let page = 0; page < 9; page++) {
        const notes = await db.notes.list(sensor.id, { from: null, to: null, after, limit: 1 })
        if (notes.length === 0) break
        const { text, from, id } = present(notes[0])
        seen.push(text)
        after = { from, id }
      }
      expect(seen).toStrictEqual(['b', 'c', 'd', 'a'])
      expect(await db.notes.count(sensor.id)).toBe(4)
    })

    test('go with their sensor, and with its account', async () => {
      const { db } = database()
      const [one, other] = [await newSensor(db), await newSensor(db)]
      for (const sensor of [one, other]) await write(db, sensor, 'x', 0)
      await db.sensors.delete(one.id)
      expect(await texts(db, one, null, null)).toStrictEqual([])
      expect(await texts(db, other, null, null)).toStrictEqual(['x'])
      await db.accounts.delete(other.sensor.owner)
      expect(await texts(db, other, null, null)).toStrictEqual([])
    })

    test('stay after opening again', async () => {
      const sensor = await newSensor(database().db)
      const note = await write(database().db, sensor, 'kept', 3, 4)
      await database().reopen()
      expect(await database().db.notes.find(sensor.id, note.id)).toStrictEqual(note)
    })
  })
}
