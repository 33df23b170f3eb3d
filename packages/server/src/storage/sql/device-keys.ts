import type { DeviceKeyStore } from '../sensor-store.ts'
import { Lookups } from './lookups.ts'
import { groupSensors, selectSensors } from './sensor-rows.ts'
import { askedId, idToGoOnAfter } from './ids.ts'
import type { SqlDatabase } from './tables.ts'

type FoundKey = NonNullable<Awaited<ReturnType<DeviceKeyStore['find']>>>

/** Keys whose use is written down by one statement. */
const TOUCHED_TOGETHER = 1000

/** Device keys in an SQL database. */
export function sqlDeviceKeyStore(db: SqlDatabase): DeviceKeyStore {
  const lookups = new Lookups((hashes) => findKeys(db, hashes))
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
      return (after === null ? own : own.where('id', '>', idToGoOnAfter(after)))
        .select(['id', 'label', 'created', 'last_used as lastUsed'])
        .orderBy('id')
        .limit(limit)
        .execute()
    },

    find: (keyHash) => lookups.find(keyHash),

    async touch(lastUsed) {
      // Uses are noted to the minute: there are few times, of many keys. Nobody waits for all of them at once.
      for (const [time, uses] of Map.groupBy(lastUsed, ([, used]) => used)) {
        const ids = uses.map(([id]) => id)
        for (let from = 0; from < ids.length; from += TOUCHED_TOGETHER) {
          await db
            .updateTable('device_key')
            .set({ last_used: time })
            .where('id', 'in', ids.slice(from, from + TOUCHED_TOGETHER))
            .execute()
        }
      }
    },

    async revoke(sensor, id) {
      const { numDeletedRows } = await db
        .deleteFrom('device_key')
        .where('sensor', '=', sensor)
        .where('id', '=', askedId(id))
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

async function findKeys(db: SqlDatabase, hashes: readonly string[]): Promise<ReadonlyMap<string, FoundKey>> {
  const rows = await selectSensors(db)
    .innerJoin('device_key', 'device_key.sensor', 'sensor.id')
    .where('device_key.key_hash', 'in', hashes)
    .select(['device_key.id as key_id', 'device_key.key_hash as key_hash'])
    .execute()
  const found = new Map<string, FoundKey>()
  for (const [hash, ofKey] of Map.groupBy(rows, (row) => row.key_hash)) {
    const [sensor] = groupSensors(ofKey)
    const id = ofKey[0]?.key_id
    if (sensor !== undefined && id !== undefined) found.set(hash, { id, sensor })
  }
  return found
}
