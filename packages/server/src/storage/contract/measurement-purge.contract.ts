import { describe, expect, test } from 'vitest'
import {
  newSensor,
  onFreshDatabase,
  type OpenDatabase,
  present,
  range,
  time,
  useDatabase,
} from './database-under-test.ts'

const ALL = range(-1e12, 1e12)

/** What `MeasurementStore.purgeDeleted` promises. */
export function measurementPurgeContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('purgeDeleted', () => {
    test('removes the values of deleted fields and sensors, and no others', async () => {
      const { db } = database()
      const [kept, deleted] = [await newSensor(db, 'scalar', 'scalar'), await newSensor(db)]
      await db.measurements.append(
        Array.from({ length: 5000 }, (_, n) => [kept.at(n, n, n), deleted.at(n, n)]).flat(),
        [],
      )
      await db.sensors.deleteField(present(kept.fields[1]))
      await db.sensors.delete(deleted.id)
      await db.measurements.purgeDeleted()
      const extent = (fields: typeof kept.fields) => db.measurements.extent(fields)
      expect(await extent([kept.field])).toStrictEqual({ first: time(0), last: time(4999) })
      expect(await extent([present(kept.fields[1])])).toBeNull()
      expect(await extent(deleted.fields)).toBeNull()
    })

    test('lets publishing go on meanwhile', async () => {
      const { db } = database()
      const [kept, deleted] = [await newSensor(db), await newSensor(db)]
      await db.measurements.append(
        Array.from({ length: 9000 }, (_, n) => deleted.at(n, n)),
        [],
      )
      await db.sensors.delete(deleted.id)
      const done: string[] = []
      const purge = db.measurements.purgeDeleted().then(() => done.push('purge'))
      await db.measurements.append([kept.at(0, 1)], [])
      done.push('publish')
      await purge
      expect(done).toStrictEqual(['publish', 'purge'])
    })

    test('leaves no tags that would join a later measurement', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      const [gone, kept] = sensor.fields.map(present)
      await db.measurements.append(
        [
          { ...sensor.at(0, 1), tags: ['old'] },
          { ...sensor.at(1, 1, 2), tags: ['both'] },
        ],
        [],
      )
      await db.sensors.deleteField(present(gone))
      await db.measurements.purgeDeleted()
      await db.measurements.append([sensor.at(0, null, 5)], [])
      const page = await db.measurements.page({
        sensor: sensor.id,
        fields: [present(kept)],
        range: ALL,
        limit: 9,
      })
      expect(page.map(({ tags }) => tags)).toStrictEqual([null, ['both']])
    })

    test('can be repeated, and run by two at once', async () => {
      const { db, openAnother } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        Array.from({ length: 3000 }, (_, n) => sensor.at(n, n)),
        [],
      )
      await db.sensors.delete(sensor.id)
      await Promise.all([db.measurements.purgeDeleted(), (await openAnother()).measurements.purgeDeleted()])
      await db.measurements.purgeDeleted()
      expect(await db.measurements.extent(sensor.fields)).toBeNull()
    })

    test('never gives ids away a second time', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const first = await newSensor(db)
        await db.sensors.delete(first.id)
        await db.measurements.purgeDeleted()
        const second = await newSensor(db)
        expect(second.id).toBeGreaterThan(first.id)
        expect(second.field).toBeGreaterThan(first.field)
      })
    })
  })
}
