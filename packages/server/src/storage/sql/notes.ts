import type { NoteStore } from '../note-store.ts'
import type { SensorId } from '../sensor-store.ts'
import { askedId, idToGoOnAfter } from './ids.ts'
import type { SqlDatabase } from './tables.ts'

/** The notes of sensors in an SQL database. */
export function sqlNoteStore(db: SqlDatabase): NoteStore {
  const select = (sensor: SensorId) =>
    db
      .selectFrom('note')
      .where('sensor', '=', sensor)
      .select(['id', 'starts as from', 'ends as to', 'text', 'created', 'changed'])

  return {
    async create({ sensor, from, to, text, created }) {
      const { id } = await db
        .insertInto('note')
        .values({ sensor, starts: from, ends: to, text, created, changed: created })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id, from, to, text, created, changed: created }
    },

    async find(sensor, id) {
      return (await select(sensor).where('id', '=', askedId(id)).executeTakeFirst()) ?? null
    },

    async list(sensor, { from, to, after, limit }) {
      let notes = select(sensor)
      if (to !== null) notes = notes.where('starts', '<', to)
      if (from !== null) notes = notes.where((is) => is.or([is('ends', '>', from), is('starts', '>=', from)]))
      if (after !== null) {
        notes = notes.where((is) =>
          is(is.refTuple('starts', 'id'), '>', is.tuple(after.from, idToGoOnAfter(after.id))),
        )
      }
      return notes.orderBy('starts').orderBy('id').limit(limit).execute()
    },

    async count(sensor) {
      const { n } = await db
        .selectFrom('note')
        .where('sensor', '=', sensor)
        .select((count) => count.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    },

    async update(sensor, id, { from, to, text, changed }) {
      const { numUpdatedRows } = await db
        .updateTable('note')
        .set({ starts: from, ends: to, text, changed })
        .where('sensor', '=', sensor)
        .where('id', '=', askedId(id))
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },

    async delete(sensor, id) {
      const { numDeletedRows } = await db
        .deleteFrom('note')
        .where('sensor', '=', sensor)
        .where('id', '=', askedId(id))
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}
