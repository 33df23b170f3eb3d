import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '../context.ts'
import type { LoadResult } from '../load/job.ts'
import type { RequestTemplate } from '../load/template.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import { memoryOf } from '../machine/process-tree.ts'
import { ProcessorShare } from '../machine/processor-share.ts'
import { pictureTemplate } from '../measures/picture.ts'
import { Senio, TWO_SCALARS } from '../senio/senio.ts'
import { Bystanders } from './bystanders.ts'
import { Visitor } from './visitor.ts'

/** How much of it. */
export interface OverloadExtent {
  /**
   * Clients that each send the next request as soon as the last one is answered, refused ones at once as well; with
   * `times`, connections that requests are spread over as they fall due.
   */
  readonly crowd: number
  /** Requests that fall due for each one that the server can take, whether or not it answers; null = see `crowd`. */
  readonly times: number | null
  /** In each request; null for a picture. */
  readonly measurements: number | null
  /** Whether whoever is refused stays away for as long as it is told to, or asks again at once. */
  readonly isPatient: boolean
  /** Whether each request of the crowd goes over a connection of its own. */
  readonly isRenewed: boolean
  /** The part of one processor that the server may use; null = what there is. */
  readonly share: number | null
  readonly idle: number
  readonly slow: number
  readonly seconds: number
}

export interface OverloadReport {
  /** Requests a second that 64 clients get in, alone. */
  readonly capacity: number
  readonly crowd: LoadResult
  /** Requests that came for each one that the server can take. */
  readonly times: number
  readonly bystanders: number
  readonly visitor: { readonly asked: number; readonly failures: number; readonly p99: number }
  /** MB before, at most while it lasted, and after. */
  readonly memory: { readonly before: number; readonly most: number; readonly after: number }
  /** Seconds after the end of it until a second of ordinary load is answered as before; null after a minute. */
  readonly recovery: number | null
}

const BEGAN = 30 * 86_400_000
/** ms, as refusals for overload say. */
const RETRY_AFTER = 1000
/** Ordinary load: what 8 clients send, of a server that has recovered. */
const ORDINARY = { connections: 8, seconds: 1 }

async function requestOf(senio: Senio, measurements: number | null): Promise<RequestTemplate> {
  if (measurements === null) return senio.publishPicture(await pictureTemplate())
  return measurements === 1 ? senio.publishOne() : senio.publishMany(measurements)
}

/** Sends far more than the server takes, beside clients that do nothing, and looks at what becomes of whom. */
export async function measureOverload(bench: Bench, extent: OverloadExtent): Promise<OverloadReport> {
  const senio = await Senio.start(bench, extent.measurements === null ? ['cam1:image'] : TWO_SCALARS)
  using load = new LoadGenerator()
  const times = { first: Date.now() - BEGAN, step: 1 }
  const request = await requestOf(senio, extent.measurements)
  let number = 0
  const publish = async (
    connections: number,
    seconds: number,
    mayBeRefused: boolean,
    rate?: number,
  ): Promise<LoadResult> => {
    const result = await load.run({
      protocol: 'http',
      port: senio.port,
      connections,
      templates: [request],
      times,
      firstNumber: number,
      limit: { seconds },
      mayBeRefused,
      ...(extent.isPatient ? { refusedRest: RETRY_AFTER } : {}),
      ...(mayBeRefused ? { isRenewed: extent.isRenewed } : {}),
      ...(rate === undefined ? {} : { rate, skipsLate: true }),
    })
    number = result.nextNumber
    return result
  }
  const memory = (): number => memoryOf(senio.program.processes) / 1e6

  using _share = extent.share === null ? null : ProcessorShare.hold(senio.program.processes, extent.share)
  await publish(64, 1, true)
  bench.say('what it can take')
  const alone = await publish(64, 3, true)
  const ordinary = await publish(ORDINARY.connections, 2, false)
  const capacity = alone.requests / alone.seconds
  const before = memory()
  using bystanders = await Bystanders.gather(senio.port, extent.idle, extent.slow)
  await sleep(1000)
  const connected = bystanders.connected
  bench.say(`${connected} bystanders, then a crowd of ${extent.crowd}`)
  const visitor = new Visitor(() => senio.looksAlive())
  let most = memory()
  const watch = setInterval(() => {
    most = Math.max(most, memory())
  }, 500)
  const rate = extent.times === null ? undefined : extent.times * capacity
  const crowd = await publish(extent.crowd, extent.seconds, true, rate)
  const ended = performance.now()
  clearInterval(watch)
  const visit = await visitor.leave()
  bench.say('and afterwards')
  const recovery = await recovered()
  await sleep(5000)
  const after = memory()
  await senio.program.stop()
  return {
    capacity,
    crowd,
    times: (crowd.requests + crowd.refused.requests + crowd.skipped) / crowd.seconds / capacity,
    bystanders: connected,
    visitor: visit,
    memory: { before, most, after },
    recovery,
  }

  async function recovered(): Promise<number | null> {
    for (;;) {
      const since = (performance.now() - ended) / 1000
      if (since > 60) return null
      const again = await publish(ORDINARY.connections, ORDINARY.seconds, true)
      // What else goes on in the machine is no part of it: twice as slow is as before.
      if (again.refused.requests === 0 && again.latency.p99 <= Math.max(20, ordinary.latency.p99 * 2))
        return since
    }
  }
}
