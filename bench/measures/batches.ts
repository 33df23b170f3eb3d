import { InfluxDb } from '../peers/influxdb.ts'
import { PostgreSql } from '../peers/postgresql.ts'
import type { Run } from '../run.ts'
import { Senio, TWO_SCALARS } from '../senio/senio.ts'
import { sendOnce, Writer } from './writer.ts'

const BATCH = 5000

/** One second apart, since this long ago: room for a hundred million of them. */
const BEGAN = 3 * 365 * 86_400_000

/** Batches by one connection, each on disk before it is answered, Senio's rollups included. */
export async function measureBatches(run: Run): Promise<void> {
  const senio = run.introduce(await Senio.start(run.bench, TWO_SCALARS))
  const influx = await run.tryPeer('influxdb', () => InfluxDb.start(run.bench))
  const postgres = await run.tryPeer('postgresql', () => PostgreSql.start(run.bench))
  const times = { first: Date.now() - BEGAN, step: 1000 }
  const writers = [
    new Writer(senio, senio.publishMany(BATCH), times),
    ...(influx === null ? [] : [new Writer(influx, influx.write(BATCH), times)]),
    ...(postgres === null ? [] : [new Writer(postgres, postgres.copy(BATCH), times)]),
  ]
  if (postgres !== null) await sendOnce(run.load, postgres, postgres.createTable())
  await run.alternate('batches', writers, (writer, seconds) => writer.write(run.load, 1, { seconds }))
  run.noteMemory(
    'memory-batches',
    writers.map(({ subject }) => subject),
  )
}
