import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { time } from '../../contract/database-under-test.ts'
import type { NewMeasurement } from '../../measurement-store.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import { openForWriting, Statements } from '../connection.ts'
import { findFaults } from '../integrity.ts'
import { packBatch, packCall } from './append-batch.ts'
import { BatchApplier } from './apply-batch.ts'
import { Transactions } from './transactions.ts'

const SENSOR = 1 as SensorId
const TEMP = 1 as FieldId
const HUMIDITY = 2 as FieldId

let directory: string
let statements: Statements
let applier: BatchApplier
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'senio-values-'))
  const file = join(directory, 'senio.db')
  statements = new Statements(openForWriting(file))
  applier = new BatchApplier(statements, new Transactions(statements, file))
  statements.db.exec(`
    INSERT INTO account (email, password_hash, role, created) VALUES ('a@a', '', 'member', 0);
    INSERT INTO sensor (owner, name, name_folded, created) VALUES (1, 's', 's', 0);
    INSERT INTO field (sensor, name, type, unit, position) VALUES (1, 't', 'scalar', '', 0), (1, 'h', 'scalar', '', 1)`)
})
afterEach(async () => {
  expect(await findFaults(join(directory, 'senio.db'), {})).toStrictEqual([])
  statements.db.close()
  rmSync(directory, { recursive: true })
})

const measured = (ms: number, temp: number, humidity: number): NewMeasurement => ({
  sensor: SENSOR,
  timestamp: time(ms),
  values: [
    { field: TEMP, value: temp },
    { field: HUMIDITY, value: humidity },
  ],
  tags: null,
})

const store = (...calls: (readonly NewMeasurement[])[]) =>
  applier.apply(packBatch(calls.map((measurements) => packCall(measurements, []))))

function stored(field: FieldId): [unknown, unknown][] {
  const rows = statements.db.prepare('SELECT ts, v FROM value WHERE field = ? ORDER BY ts').all(field)
  return rows.map(({ ts, v }) => [ts, v])
}

const rollup = (field: FieldId) =>
  statements.db
    .prepare('SELECT sum(count) AS count, max(max) AS max FROM rollup WHERE field = ? AND level = 7')
    .get(field)

describe('many values at once', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => measured(i, i, -i))

  test('are stored in any order', () => {
    store(hundred.toReversed())
    expect(stored(TEMP)).toStrictEqual(hundred.map(({ timestamp }, i) => [timestamp, i]))
    expect(stored(HUMIDITY).map(([, v]) => v)).toStrictEqual(hundred.map((_, i) => -i))
  })

  test('join and replace those that are there', () => {
    store([measured(40, 1000, 0), measured(70, 70, -70)])
    store(hundred)
    expect(stored(TEMP)).toStrictEqual(hundred.map(({ timestamp }, i) => [timestamp, i]))
    expect(rollup(TEMP)).toMatchObject({ count: 100, max: 99 })
  })

  test('of one instant leave the last, across calls too', () => {
    store([...hundred, measured(5, 500, 0)], [measured(7, 700, 0), ...hundred.slice(8)])
    const expected = hundred.map((_, i) => (i === 5 ? 500 : i === 7 ? 700 : i))
    expect(stored(TEMP).map(([, v]) => v)).toStrictEqual(expected)
    expect(rollup(TEMP)).toMatchObject({ count: 100, max: 700 })
  })

  test('change nothing when they come again', () => {
    store(hundred)
    const before = [stored(TEMP), stored(HUMIDITY), rollup(TEMP)]
    store(hundred)
    expect([stored(TEMP), stored(HUMIDITY), rollup(TEMP)]).toStrictEqual(before)
  })
})
