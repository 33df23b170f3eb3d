import type { Query, Range } from '../load/query.ts'
import { InfluxDb } from '../peers/influxdb.ts'
import { PostgreSql } from '../peers/postgresql.ts'
import { VictoriaMetrics } from '../peers/victoria-metrics.ts'
import type { Run } from '../run.ts'
import { Senio, TWO_SCALARS } from '../senio/senio.ts'
import { sendOnce, type WritableSubject, Writer } from './writer.ts'

const MINUTE = 60_000
export const DAY = 1440 * MINUTE

/** Days that are loaded by one request. */
const DAYS_A_BATCH = 3

/** A program that answers questions about its history. */
export interface QuerySubject extends WritableSubject {
  readonly dataDir: string
  /** Least, mean and greatest of both fields by buckets of `step` ms. */
  buckets(range: Range, step: number): Query
  /** Every value of both fields. */
  raw(range: Range): Query
  /** The newest value of both fields. */
  latest(): Query
}

/** All have the same history and can write on. */
export interface History {
  readonly senio: Writer<Senio>
  readonly peers: readonly Writer<QuerySubject>[]
  /** Just after the newest minute. */
  readonly end: number
}

/** Starts Senio and the peers and gives them all the same minutes of two fields, up to now. */
export async function loadHistory(run: Run): Promise<History> {
  const { bench, extent } = run
  const end = Math.floor(Date.now() / MINUTE) * MINUTE
  const times = { first: end - extent.days * DAY, step: MINUTE }
  const batch = (DAYS_A_BATCH * DAY) / MINUTE

  const senio = run.introduce(await Senio.start(bench, TWO_SCALARS))
  const influx = await run.tryPeer('influxdb', () => InfluxDb.start(bench, true))
  const victoria = await run.tryPeer('victoria-metrics', () => VictoriaMetrics.start(bench))
  const postgres = await run.tryPeer('postgresql', () => PostgreSql.start(bench))
  if (postgres !== null) await sendOnce(run.load, postgres, postgres.createTable())

  const ours = new Writer(senio, senio.publishMany(batch), times)
  const peers: Writer<QuerySubject>[] = []
  if (influx !== null) peers.push(new Writer(influx, influx.write(batch), times))
  if (victoria !== null) peers.push(new Writer(victoria, victoria.write(batch), times))
  if (postgres !== null) peers.push(new Writer(postgres, postgres.copy(batch), times))
  for (const writer of [ours, ...peers]) {
    bench.say(`  loading ${extent.days} days of minutes into ${writer.name}`)
    await writer.write(run.load, 1, { seconds: 600, requests: extent.days / DAYS_A_BATCH })
    if (writer.measurements < (extent.days * DAY) / MINUTE)
      throw new Error(`${writer.name} takes too long to load.`)
  }
  await victoria?.flush()
  if (postgres !== null) await sendOnce(run.load, postgres, postgres.vacuum())
  bench.say('  waiting until they are quiet')
  await run.settle([ours, ...peers].map(({ subject }) => subject))
  return { senio: ours, peers, end }
}
