import type { DeviceKeyStore } from '../sensor-store.ts'
import { groupSensors, selectSensors } from './sensor-rows.ts'
import type { SqlDatabase } from './tables.ts'

/** Device keys in an SQL database. */
export function sqlDeviceKeyStore(db: SqlDatabase): DeviceKeyStore {
  return {
    async create({ sensor, keyHash, label, created }) {
      const { id } = await db
        .insertInto('device_key')
        .values({ sensor, key_hash: keyHash, label, created, last_used: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id, label, created, lastUsed: null }
    },

    async list(sensor, after, limit) {
      const own = db.selectFrom('device_key').where('sensor', '=', sensor)
      return (after === null ? own : own.where('id', '>', after))
        .select(['id', 'label', 'created', 'last_used as lastUsed'])
        .orderBy('id')
        .limit(limit)
        .execute()
    },

    async find(keyHash) {
      const rows = await selectSensors(db)
        .innerJoin('device_key', 'device_key.sensor', 'sensor.id')
        .where('device_key.key_hash', '=', keyHash)
        .select('device_key.id as key_id')
        .execute()
      const [sensor] = groupSensors(rows)
      const id = rows[0]?.key_id
      return sensor === undefined || id === undefined ? null : { id, sensor }
    },

    async touch(lastUsed) {
      if (lastUsed.size === 0) return
      await db.transaction().execute(async (transaction) => {
        for (const [id, time] of lastUsed) {
          await transaction.updateTable('device_key').set({ last_used: time }).where('id', '=', id).execute()
        }
      })
    },

    async revoke(sensor, id) {
      const { numDeletedRows } = await db
        .deleteFrom('device_key')
        .where('sensor', '=', sensor)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}
