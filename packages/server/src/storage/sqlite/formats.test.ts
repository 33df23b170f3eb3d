import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timestampMs } from '@senio/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../storage.ts'
import { migrations } from './migrations/index.ts'
import { openSqliteDatabase } from './sqlite-database.ts'

const FORMATS = new URL('./formats/', import.meta.url)
/** When the data of the fixtures begins. */
const START = 1_474_635_600_000
const HOUR = 3_600_000
/** Of the fixtures' picture. */
const SHA1 = '03bcb820ad55455025949efc082200e6828d63d6'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-formats-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** Makes the database that a version of that format left behind, and opens it with this one. */
async function openFormat(format: number): Promise<Database> {
  const file = join(directory, 'senio.db')
  const old = new DatabaseSync(file)
  old.exec(await readFile(new URL(`format-${format}.sql`, FORMATS), 'utf8'))
  old.close()
  return openSqliteDatabase({
    file,
    onFatal: (error) => {
      throw error
    },
  })
}

/** What people and devices see of it. */
async function contents(db: Database) {
  const [account] = await db.accounts.list(null, 10)
  const sensors = account === undefined ? [] : await db.sensors.list(account.id, { after: null, limit: 10 })
  const [sensor] = sensors
  if (account === undefined || sensor === undefined) throw new TypeError('The fixture holds both.')
  const range = { from: timestampMs(START - 24 * HOUR), to: timestampMs(START + 24 * HOUR) }
  const fields = sensor.fields.map(({ id }) => id)
  const page = await db.measurements.page({ sensor: sensor.id, fields, range, limit: 1000 })
  const [image] = await db.images.list(null, 10)
  const notes = await db.notes.list(sensor.id, { from: null, to: null, after: null, limit: 10 })
  return { account, sensor, page, image, notes }
}

describe('a data directory of every earlier format', () => {
  // Written by scripts/write-format-fixture.mjs when a version is released.
  const formats = readdirSync(FORMATS)
    .map((name) => Number(/^format-(\d+)\.sql$/.exec(name)?.[1]))
    .toSorted((a, b) => a - b)

  test('has a fixture, without a gap', () => {
    expect(formats.length).toBeGreaterThanOrEqual(3)
    expect(formats).toStrictEqual(formats.map((_, index) => index + 1))
    expect(formats.length).toBeLessThanOrEqual(migrations.length)
  })

  test.each(formats)('of format %i opens with all that it holds, and is sound', async (format) => {
    const db = await openFormat(format)
    try {
      const { account, sensor, page, image, notes } = await contents(db)
      expect(account.email).toBe('ada@example.org')
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
      // Notes came with format 2.
      expect(notes.map(({ text }) => text)).toStrictEqual(format < 2 ? [] : ['moved to the window'])
      expect(await db.findFaults()).toStrictEqual([])
    } finally {
      await db.close()
    }
  })

  test.each(formats)('of format %i takes measurements and stays sound', async (format) => {
    const db = await openFormat(format)
    try {
      const { sensor } = await contents(db)
      const [temp] = sensor.fields
      if (temp === undefined) throw new TypeError('The fixture holds it.')
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
      expect(await db.findFaults()).toStrictEqual([])
    } finally {
      await db.close()
    }
  })
})
