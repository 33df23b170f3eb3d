import { setTimeout as sleep } from 'node:timers/promises'
import { LoadGenerator } from '../load/load-generator.ts'
import { type Query, queryJob } from '../load/query.ts'
import type { Run } from '../run.ts'
import type { Senio } from '../senio/senio.ts'
import type { Writer } from './writer.ts'

/** Measurements a second that arrive, one a request. */
const RATE = 2000
const CONNECTIONS = 16
/** Seconds of arrivals before the first query. */
const LEAD = 0.5

type Asked = 'year' | 'raw' | 'latest'

/** The p99 of the same queries while nothing else goes on and while measurements arrive, by turns. */
export async function measureUnderLoad(
  run: Run,
  history: Writer<Senio>,
  queries: Readonly<Record<Asked, (subject: Senio) => readonly Query[]>>,
): Promise<void> {
  const senio = history.subject
  using second = new LoadGenerator()
  const arriving = history.after(senio.publishOne(), 1)
  for (const name of ['year', 'raw', 'latest'] as const) {
    const p99 = async (seconds: number): Promise<number> => {
      const job = queryJob(senio, queries[name](senio), { connections: 1, seconds })
      return (await run.load.run(job)).latency.p99
    }
    const loaded = async (seconds: number): Promise<number> => {
      const arrivals = arriving.write(second, CONNECTIONS, { seconds: seconds + LEAD, rate: RATE })
      await sleep(LEAD * 1000)
      const [figure, rate] = await Promise.all([p99(seconds), arrivals])
      run.figures.add('arriving', 'senio', rate)
      return figure
    }
    await p99(run.extent.seconds / 4)
    for (let round = 0; round < run.extent.rounds; round++) {
      const quiet = await p99(run.extent.seconds)
      const busy = await loaded(run.extent.seconds)
      run.figures.add(`${name}-quiet`, 'senio', quiet)
      run.figures.add(`${name}-loaded`, 'senio', busy)
      run.bench.say(
        `  ${name}, round ${round + 1}: p99 ${quiet.toPrecision(3)} ms quiet, ${busy.toPrecision(3)} ms loaded`,
      )
    }
  }
}
