import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { timestampMs } from '@senio/protocol'
import { describe, expect, test } from 'vitest'
import type { Database } from '../storage.ts'
import { present } from './database-under-test.ts'

/** The databases that versions of each format left behind, as scripts/write-format-fixture.mjs wrote them. */
interface FormatFixtures {
  /** Of their files, `format-N.sql`. */
  readonly directory: URL
  /** This version's format. */
  readonly current: number
  /** The formats from which on views and notes were kept. */
  readonly hasNotes: number
  /** Makes the database that the statements of a fixture say, and opens it with this version. */
  readonly open: (
    statements: string,
  ) => Promise<{ readonly db: Database; readonly drop: () => Promise<void> }>
}

/** When the data of the fixtures begins. */
const START = 1_474_635_600_000
const HOUR = 3_600_000
/** Of the fixtures' picture. */
const SHA1 = '03bcb820ad55455025949efc082200e6828d63d6'

/** What people and devices see of it. */
async function contents(db: Database) {
  const account = present((await db.accounts.list(null, 10))[0])
  const sensor = present((await db.sensors.list(account.id, { after: null, limit: 10 }))[0])
  const range = { from: timestampMs(START - 24 * HOUR), to: timestampMs(START + 24 * HOUR) }
  const fields = sensor.fields.map(({ id }) => id)
  const page = await db.measurements.page({ sensor: sensor.id, fields, range, limit: 1000 })
  const [image] = await db.images.list(null, 10)
  const notes = await db.notes.list(sensor.id, { from: null, to: null, after: null, limit: 10 })
  const views = await db.views.list(account.id, null, 10)
  return { account, sensor, page, image, notes, views }
}

/** Holds an engine to opening what every earlier version of it wrote. */
export function describeEveryFormat({ directory, current, hasNotes, open }: FormatFixtures): void {
  const formats = readdirSync(directory)
    .map((name) => Number(/^format-(\d+)\.sql$/.exec(name)?.[1]))
    .toSorted((a, b) => a - b)

  const withFormat = async (format: number, use: (db: Database) => Promise<void>): Promise<void> => {
    const { db, drop } = await open(await readFile(new URL(`format-${format}.sql`, directory), 'utf8'))
    try {
      await use(db)
    } finally {
      await db.close()
      await drop()
    }
  }

  describe('a database of every earlier format', () => {
    test('has a fixture, without a gap', () => {
      expect(formats).toStrictEqual(formats.map((_, index) => index + 1))
      // That of the current one may wait until the next one is added.
      expect(formats.length).toBeGreaterThanOrEqual(current - 1)
      expect(formats.length).toBeLessThanOrEqual(current)
    })

    test.each(formats)('of format %i opens with all that it holds, and is sound', (format) =>
      withFormat(format, async (db) => {
        expect(db.migrated).toStrictEqual({ from: format, to: current })
        const { account, sensor, page, image, notes, views } = await contents(db)
        expect(account).toMatchObject({ email: 'ada@example.org', role: 'admin' })
        expect(sensor.fields.map(({ name, type, unit }) => [name, type, unit])).toStrictEqual([
          ['temp', 'scalar', 'celsius'],
          ['open', 'boolean', ''],
          ['place', 'location', ''],
          ['cam', 'image', ''],
        ])
        expect(page).toHaveLength(53)
        expect(page[0]).toMatchObject({
          timestamp: START - HOUR,
          tags: { run: 7, ok: true },
          values: [{ value: -2.5 }],
        })
        expect(page[2]).toMatchObject({ timestamp: START + 1, tags: ['first', 'märz'] })
        expect(page[1]).toMatchObject({ timestamp: START + 0.25, values: [{ value: 20 }, { value: 1 }] })
        expect(image).toMatchObject({ sha1: SHA1, bytes: 93, width: 2, height: 1, state: 'ready' })
        const isKept = format >= hasNotes
        expect(notes.map(({ text }) => text)).toStrictEqual(isKept ? ['moved to the window'] : [])
        expect(views.map(({ name }) => name)).toStrictEqual(isKept ? ['home'] : [])
        expect(await db.findFaults()).toStrictEqual([])
      }),
    )

    test.each(formats)('of format %i takes measurements and stays sound', (format) =>
      withFormat(format, async (db) => {
        const { account, sensor } = await contents(db)
        const temp = present(sensor.fields[0])
        const at = (ms: number, value: number) => ({
          sensor: sensor.id,
          timestamp: timestampMs(START + ms),
          values: [{ field: temp.id, value }],
          tags: null,
        })
        await db.measurements.append([at(0.25, -40), at(30 * HOUR, 60)], [])
        expect(await db.measurements.extent([temp.id])).toStrictEqual({
          first: START - HOUR,
          last: START + 30 * HOUR,
        })
        await db.sensors.delete(sensor.id)
        expect(await db.sensors.list(account.id, { after: null, limit: 10 })).toStrictEqual([])
        expect(await db.findFaults()).toStrictEqual([])
      }),
    )
  })
}
