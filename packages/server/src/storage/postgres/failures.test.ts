import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FaultProxy } from '../../testing/fault-proxy.ts'
import { type PostgresServer, startPostgres } from '../../testing/postgres/postgres-server.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { codeOf, newSensor, present, range, type TestSensor, time } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { sqlStateOf, toSenioError } from './failures.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const isThere = (await postgresServerUrl()) !== null

const EVER = range(-1e12, 1e12)

const codeOfError = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : error

describe.skipIf(!isThere)('when PostgreSQL fails', () => {
  let server: PostgresServer
  let proxy: FaultProxy
  let url: string
  let db: Database
  let sensor: TestSensor

  beforeAll(async () => {
    server = present(await startPostgres())
    proxy = await FaultProxy.start({ host: '127.0.0.1', port: server.port })
    const direct = new URL((await createTestDatabase(server.url)).url)
    direct.port = String(proxy.port)
    url = direct.href
    db = await openPostgresDatabase(testOptions(url))
  })
  beforeEach(async () => {
    // Connections that the case before has broken are found out.
    await Promise.allSettled(Array.from({ length: 10 }, () => db.probe()))
    sensor = await newSensor(db)
  })
  afterAll(async () => {
    await db.close()
    await proxy.close()
    await server.dispose()
  })

  const stored = async (): Promise<readonly number[]> => {
    const page = await db.measurements.page({
      sensor: sensor.id,
      fields: sensor.fields,
      range: EVER,
      limit: 1000,
    })
    return page.map(({ timestamp }) => timestamp - time(0))
  }

  /** Sends again while the answer is to do so, as devices do. */
  const publish = async (ms: number): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.measurements.append([sensor.at(ms, ms)], [])
      } catch (error) {
        if (attempt >= 9) throw error
      }
    }
  }

  /** Publishes one after another until told to stop. @returns what was acknowledged, ascending */
  const publishUntil = async (stop: Promise<unknown>): Promise<readonly number[]> => {
    const over = new AbortController()
    void stop.then(() => over.abort())
    const acknowledged: number[] = []
    for (let n = 0; !over.signal.aborted || n < 20; n++) {
      try {
        await db.measurements.append([sensor.at(n, n)], [])
        acknowledged.push(n)
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    return acknowledged
  }

  test.each(['fast', 'immediate', 'killed'] as const)(
    'a stop (%s) and start is answered as unavailable, loses nothing and needs no restart of ours',
    async (how) => {
      const interruption = (async () => {
        await new Promise((resolve) => setTimeout(resolve, 100))
        await server.halt(how)
        const refusal: unknown = await db.measurements
          .append([sensor.at(-1, 0)], [])
          .catch((error: unknown) => error)
        await new Promise((resolve) => setTimeout(resolve, 150))
        await server.resume()
        await db.probe().catch(() => {})
        return refusal
      })()
      const acknowledged = await publishUntil(interruption)
      const refusal = await interruption
      expect(refusal).toMatchObject({ code: 'storage-failing', fault: 'Unavailable', status: 503 })
      expect(refusal).toHaveProperty('retryAfter', expect.any(Number))
      // Whose commit was cut off was told later what became of it.
      expect(await stored()).toStrictEqual(acknowledged)
      await publish(-1)
      expect(await stored()).toStrictEqual([-1, ...acknowledged])
      expect(await db.findFaults()).toStrictEqual([])
      expect((await newSensor(db)).fields).toHaveLength(1)
    },
  )

  test('an answer to a commit that is lost on its way is asked for again; what is refused is not there', async () => {
    const outcomes: string[] = []
    // Somewhere along the bytes of the answers lies each moment of a transaction, that of the commit among them.
    for (let bytes = 300; bytes <= 4000; bytes += 300) {
      await proxy.begin({ kind: 'reset', after: bytes, way: 'down' }, 1)
      const outcome = await db.measurements.append([sensor.at(bytes, bytes)], []).then(
        () => 'stored',
        (error: unknown) => String(codeOfError(error)),
      )
      outcomes.push(outcome)
      await proxy.heal()
      expect((await stored()).includes(bytes)).toBe(outcome === 'stored')
      await publish(bytes)
    }
    expect(new Set(outcomes)).toStrictEqual(new Set(['stored', 'storage-failing']))
    expect(await stored()).toHaveLength(outcomes.length)
    expect(await db.findFaults()).toStrictEqual([])
  }, 60_000)

  test('a server that says nothing any more is given up after a while', async () => {
    const impatient = await openPostgresDatabase({ ...testOptions(url), connectTimeout: 300 })
    try {
      await proxy.begin({ kind: 'stall', after: 0, way: 'down' })
      expect(await codeOf(impatient.measurements.append([sensor.at(0, 1)], []))).toBe('storage-failing')
      expect(await codeOf(impatient.sensors.findById(sensor.id))).toBe('storage-failing')
      expect(await codeOf(impatient.registryVersion())).toBe('storage-failing')
      expect(await codeOf(present(impatient.nodeLocks).acquire(['a']))).toBe('storage-failing')
      await proxy.heal()
      const lock = await present(impatient.nodeLocks).acquire(['a'])
      lock.release()
      await publish(0)
    } finally {
      await proxy.heal()
      await impatient.close()
    }
    expect(await stored()).toStrictEqual([0])
  })

  test('cannot be opened where nobody listens, or with a wrong password, and says so without the password', async () => {
    const wrong = new URL(url)
    wrong.password = 'a-wrong-secret'
    const error = await openPostgresDatabase(testOptions(wrong.href)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'storage-failing' })
    expect(JSON.stringify(error) + String(error)).not.toContain('a-wrong-secret')
    await proxy.begin({ kind: 'refuse' })
    expect(await codeOf(openPostgresDatabase(testOptions(url)))).toBe('storage-failing')
    await proxy.heal()
  })

  test('when all connections are busy for long, callers are sent away, and taken again afterwards', async () => {
    const narrow = await openPostgresDatabase({ ...testOptions(url), most: 4, connectTimeout: 300 })
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    try {
      await holder.query('BEGIN; LOCK TABLE senio.sensor IN ACCESS EXCLUSIVE MODE')
      // Those that got a connection wait for the table; whoever comes after that gets none.
      const calls = Array.from({ length: 5 }, () => narrow.sensors.findById(sensor.id))
      const ends = calls.map((call) => call.then(() => 'found', codeOfError))
      expect(await Promise.race(ends)).toBe('overloaded')
      await holder.query('ROLLBACK')
      expect(new Set(await Promise.all(ends))).toStrictEqual(new Set(['overloaded', 'found']))
      expect(await narrow.sensors.findById(sensor.id)).toMatchObject({ id: sensor.id })
    } finally {
      await holder.end()
      await narrow.close()
    }
  })

  test('a statement that takes too long is given up, and nothing of it is kept', async () => {
    const impatient = await openPostgresDatabase({ ...testOptions(url), statementTimeout: 300 })
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    try {
      await holder.query(`BEGIN; SELECT FROM senio.sensor WHERE id = ${sensor.id} FOR UPDATE`)
      expect(await codeOf(impatient.measurements.append([sensor.at(0, 1)], []))).toBe('overloaded')
      await holder.query('ROLLBACK')
      expect(await stored()).toStrictEqual([])
      await impatient.measurements.append([sensor.at(1, 1)], [])
    } finally {
      await holder.end()
      await impatient.close()
    }
    expect(await stored()).toStrictEqual([1])
  })

  test('a standby that does not answer leaves queries to the primary', async () => {
    const replicaUrl = 'postgres://nobody:nothing@127.0.0.1:1/none'
    const lonely = await openPostgresDatabase({ ...testOptions(url), replicaUrl })
    await lonely.measurements.append([sensor.at(5, 1)], [])
    const asked = { sensor: sensor.id, fields: sensor.fields, range: EVER, limit: 9 }
    expect(await lonely.measurements.page(asked)).toHaveLength(1)
    await lonely.close()
  })
})

describe('what a state of the server means', () => {
  test.each([
    ['57P01', 'storage-failing'],
    ['57P03', 'storage-failing'],
    ['08006', 'storage-failing'],
    ['25006', 'storage-failing'],
    ['53300', 'overloaded'],
    ['53100', 'storage-full'],
    ['57014', 'overloaded'],
    ['55P03', 'overloaded'],
    ['40P01', 'overloaded'],
    ['XX001', 'storage-failing'],
    ['22021', 'defect'],
  ])('%s: %s', (code, meaning) => {
    const error = Object.assign(new Error('from the server'), { code, severity: 'ERROR' })
    expect(sqlStateOf(error)).toBe(code)
    expect(toSenioError(error)).toMatchObject({ code: meaning, cause: error })
  })
})
