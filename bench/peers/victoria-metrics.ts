import { type Bench, newDataDir } from '../context.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { httpTemplate } from '../load/http-request.ts'
import type { RequestTemplate } from '../load/template.ts'
import { httpQuery, type Query, type Range } from '../load/query.ts'
import { findOrUnpack } from './debian.ts'
import { lineProtocol } from './line-protocol.ts'

const SERIES = '{__name__=~"greenhouse_(temp|humidity)"}'

interface Matrix {
  readonly data: { readonly result: readonly { readonly values?: readonly unknown[] }[] }
}

/** VictoriaMetrics of Debian. It syncs in the background only, so it has no part in measures of durable writes. */
export class VictoriaMetrics {
  readonly name = 'victoria-metrics'
  readonly settings =
    'retentionPeriod 100y, search.latencyOffset 0s (shows what has just come), caches as they come but for graphs (nocache: otherwise it would answer from what it answered before); writes are not durable when answered'
  readonly version: string
  readonly port: number
  readonly dataDir: string
  readonly program: Program

  private constructor(program: Program, facts: { version: string; port: number; dataDir: string }) {
    this.program = program
    this.version = facts.version
    this.port = facts.port
    this.dataDir = facts.dataDir
  }

  static async start(bench: Bench): Promise<VictoriaMetrics> {
    const { path, version, env } = await findOrUnpack(bench, 'victoria-metrics', 'victoria-metrics')
    const dataDir = await newDataDir(bench, 'victoria-metrics')
    const port = await freePort()
    const program = await Program.start('VictoriaMetrics', {
      command: path,
      args: [
        `-storageDataPath=${dataDir}`,
        `-httpListenAddr=127.0.0.1:${port}`,
        '-retentionPeriod=100y',
        '-search.latencyOffset=0s',
        '-loggerLevel=WARN',
      ],
      env,
      wrapper: bench.wrapper,
      isReady: () => answers(`http://127.0.0.1:${port}/health`),
    })
    return new VictoriaMetrics(program, { version, port, dataDir })
  }

  write(measurements: number): RequestTemplate {
    return httpTemplate({ method: 'POST', path: '/write?precision=ms', body: lineProtocol(measurements) })
  }

  /** Least, mean and greatest by one `rollup`. */
  buckets({ from, to }: Range, step: number): Query {
    const parameters = {
      query: `rollup(${SERIES}[${step / 1000}s]) keep_metric_names`,
      start: String((from + step) / 1000),
      end: String(to / 1000),
      step: `${step / 1000}s`,
      nocache: '1',
    }
    return this.#query('/api/v1/query_range', parameters, countOfMatrix)
  }

  raw({ from, to }: Range): Query {
    const parameters = { 'match[]': SERIES, start: String(from / 1000), end: String((to - 1) / 1000) }
    return this.#query('/api/v1/export', parameters, (body) => {
      const [first = '{}'] = body.split('\n')
      return (JSON.parse(first) as { values?: unknown[] }).values?.length ?? 0
    })
  }

  latest(): Query {
    return this.#query(
      '/api/v1/query',
      { query: `last_over_time(${SERIES}[1h]) keep_metric_names` },
      (body) => {
        const { data } = JSON.parse(body) as Matrix
        return data.result.length / 2
      },
    )
  }

  /** Makes what was written visible to queries, which otherwise happens within a second or so. */
  async flush(): Promise<void> {
    await fetch(`http://127.0.0.1:${this.port}/internal/force_flush`)
  }

  #query(
    path: string,
    parameters: Readonly<Record<string, string>>,
    points: (body: string) => number,
  ): Query {
    return httpQuery(this.port, `${path}?${new URLSearchParams(parameters)}`, { points })
  }
}

function countOfMatrix(body: string): number {
  const { data } = JSON.parse(body) as Matrix
  return data.result.length === 6 ? (data.result[0]?.values?.length ?? 0) : 0
}
