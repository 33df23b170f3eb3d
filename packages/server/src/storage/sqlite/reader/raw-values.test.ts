import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, HOUR, MINUTE } from '@senio/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSensor, range, time } from '../../contract/database-under-test.ts'
import type { Database } from '../../storage.ts'
import { openSqliteDatabase } from '../sqlite-database.ts'
import { RecentBlocks } from './recent-blocks.ts'

let directory: string
let db: Database
/** As another process has it open. */
let other: Database

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-raw-'))
  const open = () => openSqliteDatabase({ file: join(directory, 'senio.db'), onFatal: () => undefined })
  db = await open()
  other = await open()
})

afterAll(async () => {
  await Promise.all([db.close(), other.close()])
  await rm(directory, { recursive: true, force: true })
})

const SPAN = DAY
const place = fc.integer({ min: 0, max: 1440 }).map((minute) => minute * MINUTE)
const steps = fc.array(
  fc.record({
    by: fc.boolean(),
    change: fc.oneof(
      { weight: 4, arbitrary: fc.array(fc.tuple(place, fc.integer({ min: 0, max: 3 })), { maxLength: 30 }) },
      { weight: 1, arbitrary: fc.record({ from: place, length: fc.integer({ min: 0, max: HOUR }) }) },
    ),
    from: place,
    length: fc.integer({ min: 1, max: SPAN }),
  }),
  { minLength: 1, maxLength: 12 },
)

describe('raw values', () => {
  it('are those that are stored, whatever was read before and whichever process has changed them', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const sensor = await newSensor(db)
        const values = new Map<number, number>()
        // Dense enough for rollups of an hour, so that there are blocks to keep.
        const dense = Array.from({ length: 480 }, (_, n) => [n * 3 * MINUTE, n % 5] as const)
        for (const { by, change, from, length } of [
          { by: true, change: dense, from: 0, length: SPAN },
          ...history,
        ]) {
          const writer = by ? db : other
          if ('length' in change && Array.isArray(change)) {
            const entries = new Map<number, number>(change as [number, number][])
            await writer.measurements.append(
              [...entries].map(([at, value]) => sensor.at(at, value)),
              [],
            )
            for (const [at, value] of entries) values.set(at, value)
          } else {
            const { from: start, length: deleted } = change
            const gone = range(start, start + deleted)
            await writer.measurements.deleteRange({ sensor: sensor.id, fields: sensor.fields, range: gone })
            for (const at of values.keys()) if (at >= start && at < start + deleted) values.delete(at)
          }
          const asked = range(from, from + length)
          const query = { field: sensor.field, summary: 'statistics' as const, points: 5000, now: time(SPAN) }
          const series = await db.measurements.series({ ...query, range: asked })
          const expected = [...values]
            .filter(([at]) => at >= from && at < from + length)
            .toSorted(([a], [b]) => a - b)
          expect(series).toStrictEqual({
            kind: 'raw',
            t: Float64Array.from(expected, ([at]) => time(at)),
            value: Float64Array.from(expected, ([, value]) => value),
          })
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('recent blocks', () => {
  const numbers = (length: number) => ({ t: new Float64Array(length), value: new Float64Array(length) })
  const state = { field: 1, level: 2, start: 3, changes: 4, count: 5 }

  it('are given back as long as nothing has changed', () => {
    const blocks = new RecentBlocks()
    const block = numbers(5)
    blocks.put(state, block)
    expect(blocks.get(state)?.t).toBe(block.t)
    for (const key of ['field', 'level', 'start'] as const) {
      expect(blocks.get({ ...state, [key]: 9 })).toBeNull()
    }
    expect(blocks.get(state)).not.toBeNull()
    expect(blocks.get({ ...state, changes: 5 })).toBeNull()
    expect(blocks.get(state)).toBeNull()
    blocks.put(state, block)
    expect(blocks.get({ ...state, count: 6 })).toBeNull()
  })

  it('go when there are too many, the least recently used first', () => {
    const blocks = new RecentBlocks(10)
    for (const start of [1, 2]) blocks.put({ ...state, start }, numbers(4))
    expect(blocks.get({ ...state, start: 1 })).not.toBeNull()
    blocks.put({ ...state, start: 3 }, numbers(4))
    expect([1, 2, 3].map((start) => blocks.get({ ...state, start }) !== null)).toEqual([true, false, true])
  })
})
