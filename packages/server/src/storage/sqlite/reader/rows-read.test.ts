import { mkdtemp, rm } from 'node:fs/promises'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, HOUR, MINUTE, type TimeRange, timestampMs } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSensor, time, type TestSensor } from '../../contract/database-under-test.ts'
import { CAPACITY } from '../../sql/pyramid/levels.ts'
import { openForReading, Statements } from '../connection.ts'
import { openSqliteDatabase } from '../sqlite-database.ts'
import { readPage } from './page.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { readEvenlySpaced, readExtent, readValuesAt } from './seeks.ts'
import { readSeries } from './series.ts'

const DAYS = 50
const POINTS = 100

let directory: string
let statements: CountingStatements
let minutely: TestSensor
let hourly: TestSensor

/** Counts the rows that leave the database. */
class CountingStatements extends Statements {
  rows = 0

  override all(sql: string, ...parameters: readonly SQLInputValue[]) {
    const found = super.all(sql, ...parameters)
    this.rows += found.length
    return found
  }

  override columns(sql: string, ...parameters: readonly SQLInputValue[]) {
    const found = super.columns(sql, ...parameters)
    this.rows += found.first.length
    return found
  }

  override get(sql: string): StatementSync {
    const count = (rows: number): void => void (this.rows += rows)
    return new Proxy(super.get(sql), {
      get(statement, name) {
        if (name === 'all') {
          return (...parameters: SQLInputValue[]) => {
            const found = statement.all(...parameters)
            count(found.length)
            return found
          }
        }
        if (name === 'get') {
          return (...parameters: SQLInputValue[]) => {
            count(1)
            return statement.get(...parameters)
          }
        }
        if (name === 'iterate') {
          return function* (...parameters: SQLInputValue[]) {
            for (const row of statement.iterate(...parameters)) {
              count(1)
              yield row
            }
          }
        }
        throw new TypeError(`Not counted: ${String(name)}`)
      },
    })
  }
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-rows-'))
  const file = join(directory, 'senio.db')
  const db = await openSqliteDatabase({ file, onFatal: () => undefined })
  minutely = await newSensor(db)
  hourly = await newSensor(db)
  const minutes = Array.from({ length: DAYS * 1440 }, (_, n) => minutely.at(n * MINUTE, n % 7))
  for (let i = 0; i < minutes.length; i += 10_000)
    await db.measurements.append(minutes.slice(i, i + 10_000), [])
  await db.measurements.append(
    Array.from({ length: DAYS * 24 }, (_, n) => hourly.at(n * HOUR, n)),
    [],
  )
  await db.close()
  statements = new CountingStatements(openForReading(file))
})

afterAll(async () => {
  statements.db.close()
  await rm(directory, { recursive: true, force: true })
})

/** How many rows a read took out of the database. */
function rowsOf(read: () => Iterable<unknown> | object | null): number {
  statements.rows = 0
  const result = read()
  if (result !== null && Symbol.iterator in result) for (const _ of result);
  return statements.rows
}

function series(sensor: TestSensor, range: TimeRange): number {
  const now = time(DAYS * DAY)
  const query = { field: sensor.field, summary: 'statistics' as const, range, points: POINTS, now }
  return rowsOf(() => readSeries(statements, query, new RecentBlocks()))
}

function last(days: number): TimeRange {
  return { from: timestampMs(time((DAYS - days) * DAY) + 4321), to: timestampMs(time(DAYS * DAY) - 1234) }
}

describe('rows read', () => {
  it('for a graph follow its points, not its range', () => {
    // Buckets of six and of twelve hours; raw values of a fiftieth of that range at both ends.
    expect(series(minutely, last(DAYS))).toBeLessThan(5 * POINTS)
    expect(series(minutely, last(DAYS / 2))).toBeLessThan(5 * POINTS)
  })

  it('for a graph are bounded by the points for every range', () => {
    for (let days = 0.05; days <= DAYS; days *= 1.3) {
      expect(series(minutely, last(days))).toBeLessThan((CAPACITY + 4) * POINTS)
    }
  })

  it('for a graph of few values are not many more than these', () => {
    expect(series(hourly, last(DAYS))).toBeLessThan(DAYS * 24 + POINTS)
  })

  it('for an instant, the extent, a film strip and a page follow what they give', () => {
    const fields = [minutely.field]
    expect(rowsOf(() => readValuesAt(statements, { fields, at: time(20 * DAY) }))).toBe(1)
    expect(rowsOf(() => readExtent(statements, fields))).toBe(2)
    const spaced = { field: minutely.field, range: last(DAYS), count: 60 }
    expect(rowsOf(() => readEvenlySpaced(statements, spaced))).toBeLessThanOrEqual(2 * 60 + 1)
    const page = { sensor: minutely.id, fields, range: last(DAYS), limit: 100 }
    expect(rowsOf(() => readPage(statements, page))).toBeLessThan(2 * 100 + 10)
  })
})
