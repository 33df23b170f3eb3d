import { BareHttp } from '../limits/bare-http.ts'
import type { RequestTemplate } from '../load/template.ts'
import { InfluxDb } from '../peers/influxdb.ts'
import type { Run, Subject } from '../run.ts'
import { Senio } from '../senio/senio.ts'

interface Writer extends Subject {
  readonly port: number
  readonly template: RequestTemplate
}

const MEASURES = [
  ['single-1', 1],
  ['single-16', 16],
  ['single-64', 64],
] as const

/** Measurements a ms apart that began this long ago: none lies ahead of the clock. */
const BEGAN = 30 * 86_400_000

/** One measurement of two fields a request, on disk before it is answered. */
export async function measureSingle(run: Run): Promise<void> {
  const senio = run.introduce(await Senio.start(run.bench, ['temp:scalar:celsius', 'humidity:scalar:%']))
  const influx = await run.tryPeer('influxdb', () => InfluxDb.start(run.bench))
  const bare = run.introduce(await BareHttp.start())
  const writers: Writer[] = [
    asWriter(senio, senio.publishOne()),
    ...(influx === null ? [] : [asWriter(influx, influx.write(1))]),
    asWriter(bare, bare.publishOne()),
  ]
  const first = Date.now() - BEGAN
  const next = new Map<Writer, number>()
  for (const [measure, connections] of MEASURES) {
    await run.alternate(measure, writers, async (writer, seconds) => {
      const result = await run.load.run({
        protocol: 'http',
        port: writer.port,
        connections,
        templates: [writer.template],
        times: { first, step: 1 },
        firstNumber: next.get(writer) ?? 0,
        limit: { seconds },
      })
      next.set(writer, result.nextNumber)
      return result.measurements / result.seconds
    })
  }
  run.noteMemory('memory-single', [senio, ...(influx === null ? [] : [influx])])
  for (const { program } of writers) await program.stop()
}

function asWriter(
  { name, version, settings, program, port }: Subject & { port: number },
  template: RequestTemplate,
): Writer {
  return { name, version, settings, program, port, template }
}
