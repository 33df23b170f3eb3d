import { type FieldTypeName, type TimestampMs, timestampMs } from '@senio/protocol'
import { afterAll, beforeAll } from 'vitest'
import type { Account, Role } from '../account-store.ts'
import type { FieldId, Sensor, SensorId } from '../sensor-store.ts'
import type { NewMeasurement, StoredValue } from '../measurement-store.ts'
import type { Database } from '../storage.ts'

/** A database of the engine that a contract suite runs on. */
export interface DatabaseUnderTest {
  /** The opened database. Another one after `reopen`. */
  readonly db: Database
  /** Closes it and opens it again with what it holds. */
  readonly reopen: () => Promise<void>
  /** Opens what it holds a second time, as another process would. Closed by `dispose`. */
  readonly openAnother: () => Promise<Database>
  /** Closes it and removes everything. */
  readonly dispose: () => Promise<void>
}

/** Makes an empty database. */
export type OpenDatabase = () => Promise<DatabaseUnderTest>

/** One database for the cases of a suite, which keep apart by making accounts and sensors of their own. */
export function useDatabase(open: OpenDatabase): () => DatabaseUnderTest {
  let opened: DatabaseUnderTest | null = null
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.dispose())
  return () => {
    if (opened === null) throw new TypeError('The database is opened before the cases run.')
    return opened
  }
}

/** Runs a case on a database that nobody else has written to. */
export async function onFreshDatabase(
  open: OpenDatabase,
  run: (database: DatabaseUnderTest) => Promise<void>,
): Promise<void> {
  const database = await open()
  try {
    await run(database)
  } finally {
    await database.dispose()
  }
}

/** An instant in 2016 and `ms` later. */
export function time(ms: number): TimestampMs {
  return timestampMs(1_474_638_000_000 + ms)
}

/** `[from, to)`, both as in `time`. */
export function range(from: number, to: number) {
  return { from: time(from), to: time(to) }
}

let made = 0

/** An account with an e-mail of its own. */
export async function newAccount(db: Database, role: Role = 'member'): Promise<Account> {
  const email = `person-${++made}@example.org`
  return db.accounts.create({ email, passwordHash: 'hash', role, created: time(0) })
}

export interface TestSensor {
  readonly sensor: Sensor
  readonly id: SensorId
  /** In the order asked for. */
  readonly fields: readonly FieldId[]
  /** The first of them. */
  readonly field: FieldId
  /** A measurement at `time(ms)` of the values that aren't null, in the order of the fields. */
  at(ms: number, ...values: readonly (StoredValue | null)[]): NewMeasurement
}

/** A sensor of its own account, with one field a type, scalar by default. */
export async function newSensor(db: Database, ...types: readonly FieldTypeName[]): Promise<TestSensor> {
  const owner = await newAccount(db)
  const sensor = await db.sensors.create({
    owner: owner.id,
    name: 'rpi',
    created: time(0),
    keyHash: `key of ${owner.email}`,
    fields: (types.length === 0 ? (['scalar'] as const) : types).map((type, index) => ({
      name: `field${index}`,
      type,
      unit: '',
    })),
  })
  const fields = sensor.fields.map(({ id }) => id)
  return {
    sensor,
    id: sensor.id,
    fields,
    field: present(fields[0]),
    at: (ms, ...values) => ({
      sensor: sensor.id,
      timestamp: time(ms),
      tags: null,
      values: values.flatMap((value, index) =>
        value === null ? [] : [{ field: present(fields[index]), value }],
      ),
    }),
  }
}

/** What a test knows to be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new TypeError('The test expects this to be there.')
  return value
}

/** The code that a promise rejects with; fails when it resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  throw new TypeError('It was expected to reject.')
}
