import { SenioError } from '@senio/protocol'
import { sql } from 'kysely'
import type { Field, NewFieldRow, SensorId, SensorStore } from '../sensor-store.ts'
import { containsPattern, foldCase } from './fold-case.ts'
import { inTransaction } from './in-transaction.ts'
import { groupSensors, selectSensors } from './sensor-rows.ts'
import type { SqlDatabase } from './tables.ts'
import { UniqueViolation } from './unique-violation.ts'

/** Label of the key that a sensor is made with. */
const FIRST_KEY_LABEL = 'first key'

/** Sensors whose existence is asked for by one query. */
const ASKED_TOGETHER = 1000

/** Sensors and their fields in an SQL database. */
export function sqlSensorStore(db: SqlDatabase): SensorStore {
  return {
    async create({ owner, name, created, fields, keyHash }) {
      return orNameTaken(`You have a sensor "${name}" already, or two fields have the same name.`, () =>
        inTransaction(db, async (transaction) => {
          const { id } = await transaction
            .insertInto('sensor')
            .values({ owner, name, name_folded: foldCase(name), created })
            .returning('id')
            .executeTakeFirstOrThrow()
          const added: Field[] = []
          for (const [position, field] of fields.entries()) {
            added.push(await insertField(transaction, id, field, position))
          }
          await transaction
            .insertInto('device_key')
            .values({ sensor: id, key_hash: keyHash, label: FIRST_KEY_LABEL, created, last_used: null })
            .execute()
          return { id, owner, name, created, fields: added }
        }),
      )
    },

    async find(owner, name) {
      const rows = await selectSensors(db)
        .where('sensor.owner', '=', owner)
        .where('sensor.name', '=', name)
        .execute()
      return groupSensors(rows)[0] ?? null
    },

    async findById(id) {
      return groupSensors(await selectSensors(db).where('sensor.id', '=', id).execute())[0] ?? null
    },

    async existing(ids) {
      const found = new Set<SensorId>()
      for (let from = 0; from < ids.length; from += ASKED_TOGETHER) {
        const rows = await livingSensors(db)
          .where('id', 'in', ids.slice(from, from + ASKED_TOGETHER))
          .execute()
        for (const { id } of rows) found.add(id)
      }
      return found
    },

    async findByName(name) {
      const rows = await selectSensors(db)
        .where('sensor.name', '=', name)
        .clearOrderBy()
        .orderBy('sensor.id')
        .orderBy('field.position')
        .execute()
      return groupSensors(rows)
    },

    async list(owner, { search, after, limit }) {
      let page = db.selectFrom('sensor').where('owner', '=', owner).where('deleted', '=', 0)
      if (after !== null) page = page.where('name', '>', after)
      if (search !== undefined) {
        page = page.where(sql<boolean>`name_folded LIKE ${containsPattern(foldCase(search))} ESCAPE '\\'`)
      }
      const rows = await selectSensors(db)
        .where('sensor.id', 'in', page.select('id').orderBy('name').limit(limit))
        .clearOrderBy()
        .orderBy('sensor.name')
        .orderBy('field.position')
        .execute()
      return groupSensors(rows)
    },

    async count(owner) {
      const { count } = await livingSensors(db)
        .clearSelect()
        .select(({ fn }) => fn.countAll().as('count'))
        .where('owner', '=', owner)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async rename(id, name) {
      await orNameTaken(`You have a sensor "${name}" already.`, async () => {
        const { numUpdatedRows } = await db
          .updateTable('sensor')
          .set({ name, name_folded: foldCase(name) })
          .where('id', '=', id)
          .where('deleted', '=', 0)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows === 0n) throw noSensor()
      })
    },

    async reorder(id, order) {
      await inTransaction(db, async (transaction) => {
        await assertSensor(transaction, id)
        for (const [position, field] of order.entries()) {
          await transaction
            .updateTable('field')
            .set({ position })
            .where('id', '=', field)
            .where('sensor', '=', id)
            .execute()
        }
      })
    },

    async addField(id, field) {
      return orNameTaken(`The sensor has a field "${field.name}" already.`, () =>
        inTransaction(db, async (transaction) => {
          await assertSensor(transaction, id)
          const last = await transaction
            .selectFrom('field')
            .where('sensor', '=', id)
            .select((select) => select.fn.max('position').as('position'))
            .executeTakeFirst()
          return insertField(transaction, id, field, (last?.position ?? -1) + 1)
        }),
      )
    },

    async updateField(field, { name, unit }) {
      await orNameTaken(`The sensor has a field "${name ?? ''}" already.`, async () => {
        const { numUpdatedRows } = await db
          .updateTable('field')
          // Its own id, so that an empty change is a valid statement.
          .set({
            ...(name === undefined ? {} : { name }),
            ...(unit === undefined ? {} : { unit }),
            deleted: 0,
          })
          .where('id', '=', field)
          .where('deleted', '=', 0)
          .where('sensor', 'in', livingSensors(db))
          .executeTakeFirstOrThrow()
        if (numUpdatedRows === 0n) throw new SenioError('not-found', 'There is no such field.')
      })
    },

    async deleteField(field) {
      const { numUpdatedRows } = await db
        .updateTable('field')
        .set({ deleted: 1 })
        .where('id', '=', field)
        .where('deleted', '=', 0)
        .where('sensor', 'in', livingSensors(db))
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },

    async delete(id) {
      return inTransaction(db, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('sensor')
          .set({ deleted: 1 })
          .where('id', '=', id)
          .where('deleted', '=', 0)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows === 0n) return false
        await transaction.deleteFrom('device_key').where('sensor', '=', id).execute()
        await transaction.deleteFrom('note').where('sensor', '=', id).execute()
        return true
      })
    },
  }
}

async function insertField(
  db: SqlDatabase,
  sensor: SensorId,
  { name, type, unit }: NewFieldRow,
  position: number,
): Promise<Field> {
  const { id } = await db
    .insertInto('field')
    .values({ sensor, name, type, unit, position })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, name, type, unit }
}

function livingSensors(db: SqlDatabase) {
  return db.selectFrom('sensor').where('deleted', '=', 0).select('id')
}

async function assertSensor(db: SqlDatabase, id: SensorId): Promise<void> {
  const found = await livingSensors(db).where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw noSensor()
}

function noSensor(): SenioError {
  return new SenioError('not-found', 'There is no such sensor.')
}

async function orNameTaken<T>(detail: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    throw new SenioError('name-taken', detail, { field: 'name', cause: error })
  }
}
