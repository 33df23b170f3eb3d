import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { stopForGood } from '../processes/program.ts'
import { copyBuild, mainOf } from '../senio/copy-build.ts'
import { makeWorkingDir, removeDir } from '../working-dir.ts'
import { measureOverload, type OverloadReport } from './measure-overload.ts'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/senio-bench', import.meta.url))

const HELP = `npm run bench:overload [-- OPTIONS]

Sends the built program far more than it can take, beside clients that only hold connections, and reports what becomes of
those who are let in, those who are sent away, somebody who uses the web app, the memory, and the time until all is as
before.

Options
  --crowd N     clients that publish as fast as they are answered (2000)
  --times N     instead: so many requests for each that the server can take, due whether or not others
                are answered, spread over the crowd's connections
  --patient     whoever is sent away comes back after a second, as it is told, instead of at once
  --reconnect   each request over a connection of its own, as curl sends it
  --measurements N
                in each request (1)
  --pictures    a picture of 100 KB in each request instead
  --share N     the server gets so many percent of one processor, so that the load, which shares the
                machine with it, can be as many times what it takes (Linux, as root)
  --idle N      connections that say nothing (1000)
  --slow N      connections that send a byte a second (1000)
  --seconds N   how long it lasts (15)
  --help        this
`

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      crowd: { type: 'string', default: '2000' },
      times: { type: 'string' },
      patient: { type: 'boolean', default: false },
      reconnect: { type: 'boolean', default: false },
      measurements: { type: 'string', default: '1' },
      pictures: { type: 'boolean', default: false },
      share: { type: 'string' },
      idle: { type: 'string', default: '1000' },
      slow: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '15' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const dir = await makeWorkingDir(null, CACHE)
  const build = await copyBuild(CACHE)
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  try {
    const report = await measureOverload(
      { dir, cache: CACHE, senio: mainOf(build), wrapper: [], say },
      {
        crowd: Number(values.crowd),
        times: values.times === undefined ? null : Number(values.times),
        isPatient: values.patient,
        isRenewed: values.reconnect,
        measurements: values.pictures ? null : Number(values.measurements),
        share: values.share === undefined ? null : Number(values.share) / 100,
        idle: Number(values.idle),
        slow: Number(values.slow),
        seconds: Number(values.seconds),
      },
    )
    process.stdout.write(toText(report))
    return 0
  } finally {
    await stopForGood()
    await Promise.all([removeDir(dir), removeDir(build)])
  }
}

function toText({ capacity, crowd, times, bystanders, visitor, memory, recovery }: OverloadReport): string {
  const ms = (value: number): string => `${value.toFixed(0)} ms`
  const rows = [
    ['Alone, 64 clients', `${capacity.toFixed(0)} requests/s`],
    ['Offered', `${times.toFixed(1)} times that, beside ${bystanders} idle and slow connections`],
    [
      'Let in',
      `${(crowd.requests / crowd.seconds).toFixed(0)}/s, p50 ${ms(crowd.latency.p50)}, p99 ${ms(crowd.latency.p99)} (goal: 500 ms)`,
    ],
    ...(crowd.skipped === 0
      ? []
      : [['Not even sent', `${(crowd.skipped / crowd.seconds).toFixed(0)}/s: no connection was free`]]),
    ['Sent away', `${(crowd.refused.requests / crowd.seconds).toFixed(0)}/s, p99 ${ms(crowd.refused.p99)}`],
    ['The web app', `${visitor.asked} questions, ${visitor.failures} without answer, p99 ${ms(visitor.p99)}`],
    [
      'Memory',
      `${memory.before.toFixed(0)} MB before, ${memory.most.toFixed(0)} MB at most, ${memory.after.toFixed(0)} MB after`,
    ],
    ['As before', recovery === null ? 'not within a minute' : `after ${recovery.toFixed(1)} s (goal: 10 s)`],
  ]
  return `${rows.map(([what = '', found = '']) => `${what.padEnd(20)}${found}`).join('\n')}\n`
}
