import { BareHttp } from '../limits/bare-http.ts'
import { InfluxDb } from '../peers/influxdb.ts'
import type { Run } from '../run.ts'
import { Senio, TWO_SCALARS } from '../senio/senio.ts'
import { Writer } from './writer.ts'

const MEASURES = [
  ['single-1', 1],
  ['single-16', 16],
  ['single-64', 64],
] as const

/** Measurements a ms apart that began this long ago: none lies ahead of the clock. */
const BEGAN = 30 * 86_400_000

/** One measurement of two fields a request, on disk before it is answered. */
export async function measureSingle(run: Run): Promise<void> {
  const senio = run.introduce(await Senio.start(run.bench, TWO_SCALARS))
  const influx = await run.tryPeer('influxdb', () => InfluxDb.start(run.bench))
  const bare = run.introduce(await BareHttp.start())
  const times = { first: Date.now() - BEGAN, step: 1 }
  const writers = [
    new Writer(senio, senio.publishOne(), times),
    ...(influx === null ? [] : [new Writer(influx, influx.write(1), times)]),
    new Writer(bare, bare.publishOne(), times),
  ]
  for (const [measure, connections] of MEASURES) {
    await run.alternate(measure, writers, (writer, seconds) =>
      writer.write(run.load, connections, { seconds }),
    )
  }
  run.noteMemory('memory-single', [senio, ...(influx === null ? [] : [influx])])
}
