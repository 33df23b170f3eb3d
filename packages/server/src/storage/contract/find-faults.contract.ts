import { DAY, MINUTE } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseFault } from '../fault-search.ts'
import type { NewImage } from '../image-store.ts'
import type { Database } from '../storage.ts'
import {
  type DatabaseUnderTest,
  newSensor,
  onFreshDatabase,
  type OpenDatabase,
  present,
  type TestSensor,
  time,
} from './database-under-test.ts'
import { DAMAGED_TYPES, type DamageSql, damages } from './damages.ts'

const SHA1 = '12'.repeat(20)
const PICTURE: NewImage = {
  sha1: SHA1,
  sha256: '34'.repeat(32),
  mediaType: 'image/png',
  bytes: 67,
  width: 1,
  height: 1,
  damaged: false,
  created: time(0),
}
/** Each of them looks at whole databases, several times. */
const PATIENCE = 120_000
const PLACE = '{"lat":52.5,"lon":13.4}'

/** Runs SQL against the engine's own tables, whatever refers to what. */
export type RunDamage = (database: DatabaseUnderTest, sql: string) => Promise<void>

/** What `Database.findFaults` promises: it names what is wrong, and nothing else. */
export function findFaultsContract(open: OpenDatabase, sql: DamageSql, run: RunDamage): void {
  describe('a look for faults', () => {
    test('finds none beside devices that publish and people who delete', { timeout: PATIENCE }, async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const sensor = await newSensor(db, 'scalar', 'boolean')
        for (let n = 0; n < 4; n++) {
          await db.measurements.append(
            Array.from({ length: 5000 }, (_, i) => sensor.at((n * 5000 + i) * MINUTE, i % 50, i % 2)),
            [],
          )
        }
        const over = new AbortController()
        let published = 0
        const publish = async (every: number): Promise<void> => {
          for (let n = 0; !over.signal.aborted; n++) {
            const at = { ...sensor.at(20_000 * MINUTE + n * every, n % 40, n % 3 === 0 ? 1 : 0), tags: ['a'] }
            await db.measurements.append([at], [])
            published++
          }
        }
        const remove = async (): Promise<void> => {
          while (!over.signal.aborted) {
            const other = await newSensor(db, 'scalar')
            await db.measurements.append([{ ...other.at(0, 1), tags: ['b'] }, other.at(1, 2)], [])
            await db.sensors.delete(other.id)
            await db.measurements.purgeDeleted()
          }
        }
        const others = Promise.all([publish(1000), publish(700), remove()])
        const found: DatabaseFault[] = []
        for (let n = 0; n < 3; n++) found.push(...(await db.findFaults()))
        over.abort()
        await others
        expect(published).toBeGreaterThan(10)
        expect(found).toStrictEqual([])
      })
    })

    test('finds none in what waits to be purged', { timeout: PATIENCE }, async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const [gone, halved] = [await filled(db, 0), await filled(db, 1)]
        await db.sensors.delete(gone.id)
        await db.sensors.deleteField(present(halved.fields[0]))
        await db.sensors.deleteField(present(halved.fields[2]))
        expect(await db.findFaults()).toStrictEqual([])
        await db.measurements.purgeDeleted()
        expect(await db.findFaults()).toStrictEqual([])
      })
    })

    test(
      'counts measurements, rests after each step, and ends when it is told to',
      { timeout: PATIENCE },
      async () => {
        await onFreshDatabase(open, async ({ db }) => {
          const sensor = await newSensor(db, 'scalar', 'scalar')
          // Both, the first, or the second: three measurements.
          await db.measurements.append([sensor.at(0, 1, 1), sensor.at(1, 1, null), sensor.at(2, null, 1)], [])
          const other = await newSensor(db)
          const many = Array.from({ length: 60_000 }, (_, n) => other.at(n * 20 * MINUTE, n))
          await db.measurements.append(many, [])
          let measurements = 0
          let bytes = 0
          let rests = 0
          const faults = await db.findFaults({
            onMeasurements: (count) => void (measurements += count),
            rest: async (read) => {
              rests++
              bytes += read
            },
          })
          expect(faults).toStrictEqual([])
          expect(measurements).toBe(60_003)
          expect(bytes).toBeGreaterThan(60_000 * 16)
          const stop = new Error('enough')
          let afterStop = 0
          const stopped = db.findFaults({
            rest: async () => {
              if (++afterStop === rests - 3) throw stop
            },
          })
          await expect(stopped).rejects.toBe(stop)
          expect(afterStop).toBe(rests - 3)
        })
      },
    )

    describe('names', () => {
      let database: DatabaseUnderTest
      let faults: readonly DatabaseFault[]
      const sensors: TestSensor[] = []
      beforeAll(async () => {
        database = await open()
        for (const [n] of damages.entries()) sensors.push(await filled(database.db, n))
        await filled(database.db, damages.length)
        expect(await database.db.findFaults()).toStrictEqual([])
        for (const [n, damage] of damages.entries())
          await run(database, damage.sql(present(sensors[n]), placeOf(n), sql))
        faults = await database.db.findFaults()
      }, PATIENCE)
      afterAll(() => database.dispose())

      const named = (n: number): RegExp => present(damages[n]).named(present(sensors[n]), placeOf(n))

      test.each(damages.map(({ name }, n) => [name, n] as const))('that %s', (_, n) => {
        expect(faults.map(({ detail }) => detail)).toContainEqual(expect.stringMatching(named(n)))
      })

      test('the picture that a value refers to', () => {
        const [sha1] = faults.flatMap((fault) => fault.sha1 ?? [])
        expect(sha1).toBe('ab'.repeat(20))
      })

      test('nothing else', () => {
        const fields = sensors.map(({ fields }) => fields)
        const others = faults.filter(({ detail }) => {
          const field = Number(/the field (\d+) \(/.exec(detail)?.[1])
          const n = fields.findIndex((ids) => ids.some((id) => id === field))
          // A value that is another one makes rollups wrong besides.
          if (n >= 0) return false
          return !damages.some((_, position) => named(position).test(detail))
        })
        expect(others).toStrictEqual([])
      })
    })
  })
}

/** Where the measurements of the n-th sensor begin, in ms. */
function placeOf(n: number): number {
  return n * DAY
}

async function filled(db: Database, n: number): Promise<TestSensor> {
  const sensor = await newSensor(db, ...DAMAGED_TYPES)
  const at = placeOf(n)
  const first = { ...sensor.at(at, 0, 0, PLACE, Buffer.from(SHA1, 'hex')), tags: ['a', 'b'] }
  const others = Array.from({ length: 199 }, (_, i) => sensor.at(at + (i + 1) * 1000, i + 1, (i + 1) % 2))
  await db.measurements.append([first, ...others], [PICTURE])
  return sensor
}
