import { describe, expect, test } from 'vitest'
import { codeOf, newSensor, onFreshDatabase, type OpenDatabase, range, time } from './database-under-test.ts'

/** What `Database` itself promises, and how its stores share it. */
export function databaseContract(open: OpenDatabase): void {
  describe('a database', () => {
    test('answers a probe', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        await expect(Promise.all([db.probe(), db.probe()])).resolves.toBeDefined()
      })
    })

    test('finishes what is in flight when it is closed, and takes nothing afterwards', async () => {
      await onFreshDatabase(open, async (database) => {
        const { db } = database
        const sensor = await newSensor(db)
        const appends = Array.from({ length: 100 }, (_, n) => db.measurements.append([sensor.at(n, n)], []))
        const rename = db.sensors.rename(sensor.id, 'renamed')
        const reads = Array.from({ length: 10 }, () => db.measurements.extent(sensor.fields))
        await db.close()
        await expect(Promise.all([...appends, rename, ...reads])).resolves.toBeDefined()
        expect(await codeOf(db.measurements.append([sensor.at(0, 1)], []))).toBe('shutting-down')
        expect(await codeOf(db.sensors.findById(sensor.id))).toBe('shutting-down')
        await database.reopen()
        expect(await database.db.measurements.extent(sensor.fields)).toStrictEqual({
          first: time(0),
          last: time(99),
        })
        expect((await database.db.sensors.findById(sensor.id))?.name).toBe('renamed')
      })
    })

    test('publishing and changes to ordinary tables go on side by side', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const sensor = await newSensor(db)
        await Promise.all(
          Array.from({ length: 60 }, async (_, n) => {
            await db.measurements.append([sensor.at(n, n)], [])
            if (n % 6 === 0) await newSensor(db)
            if (n % 10 === 0)
              await db.sensors.addField(sensor.id, { name: `f${n}`, type: 'scalar', unit: '' })
          }),
        )
        const query = { sensor: sensor.id, fields: sensor.fields, range: range(0, 100), limit: 100 }
        expect(await db.measurements.page(query)).toHaveLength(60)
        expect((await db.sensors.findById(sensor.id))?.fields).toHaveLength(7)
        expect(await db.accounts.count()).toBe(11)
      })
    })

    test('finds no faults in what it wrote', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const sensor = await newSensor(db, 'scalar', 'image')
        await db.measurements.append([{ ...sensor.at(0, 1, Uint8Array.of(1)), tags: ['a'] }], [])
        await db.sensors.delete(sensor.id)
        await db.measurements.purgeDeleted()
        expect(await db.findFaults()).toStrictEqual([])
      })
    })

    test('many open at once', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const others = await Promise.all([openAnother(), openAnother()])
        const sensor = await newSensor(db)
        for (const other of others)
          expect(await other.sensors.findById(sensor.id)).toStrictEqual(sensor.sensor)
      })
    })
  })
}
