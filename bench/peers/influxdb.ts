import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, newDataDir } from '../context.ts'
import { httpTemplate } from '../load/http-request.ts'
import { httpQuery, type Query, type Range } from '../load/query.ts'
import type { RequestTemplate } from '../load/template.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { findOrUnpack } from './debian.ts'
import { lineProtocol } from './line-protocol.ts'

const DATABASE = 'bench'

/** InfluxDB 1.6 of Debian. */
export class InfluxDb {
  readonly name = 'influxdb'
  readonly settings =
    'wal-fsync-delay 0 (its default: each write is fsynced before it is answered), shards of 52 weeks (as advised for long histories), request log off; compacted right after loading where queries and bytes on disk are measured'
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

  /**
   * Ready, with an empty database.
   * @param settlesSoon whether it compresses what was written after seconds without writes; by default it takes hours
   */
  static async start(bench: Bench, settlesSoon = false): Promise<InfluxDb> {
    const { path, version, env } = await findOrUnpack(bench, 'influxdb', 'influxd')
    const dataDir = await newDataDir(bench, 'influxdb')
    const [port, rpcPort] = [await freePort(), await freePort()]
    const config = join(dataDir, 'influxdb.conf')
    await writeFile(config, configuration(dataDir, port, rpcPort, settlesSoon))
    const program = await Program.start('InfluxDB', {
      command: path,
      args: ['-config', config],
      env,
      wrapper: bench.wrapper,
      isReady: () => answers(`http://127.0.0.1:${port}/ping`),
    })
    const influx = new InfluxDb(program, { version, port, dataDir })
    await influx.#create()
    return influx
  }

  /** One write of that many measurements of two fields. */
  write(measurements: number): RequestTemplate {
    const path = `/write?db=${DATABASE}&precision=ms`
    return httpTemplate({ method: 'POST', path, body: lineProtocol(measurements) })
  }

  buckets(range: Range, step: number): Query {
    const columns = ['temp', 'humidity'].map((field) => `min(${field}),mean(${field}),max(${field})`)
    return this.#query(
      `SELECT ${columns.join(',')} FROM greenhouse WHERE ${within(range)} GROUP BY time(${step}ms)`,
    )
  }

  raw(range: Range): Query {
    return this.#query(`SELECT temp,humidity FROM greenhouse WHERE ${within(range)}`)
  }

  latest(): Query {
    return this.#query('SELECT last(temp),last(humidity) FROM greenhouse')
  }

  #query(q: string): Query {
    const path = `/query?${new URLSearchParams({ db: DATABASE, epoch: 'ms', q })}`
    return httpQuery(this.port, path, {
      points: (body) => {
        const { results } = JSON.parse(body) as { results: { series?: { values: unknown[] }[] }[] }
        return results[0]?.series?.[0]?.values.length ?? 0
      },
    })
  }

  async #create(): Promise<void> {
    const query = `CREATE DATABASE ${DATABASE} WITH DURATION INF SHARD DURATION 52w`
    const response = await fetch(`http://127.0.0.1:${this.port}/query`, {
      method: 'POST',
      body: new URLSearchParams({ q: query }),
    })
    if (!response.ok) throw new Error(`InfluxDB made no database: ${await response.text()}`)
  }
}

function within({ from, to }: Range): string {
  return `time >= ${from}ms AND time < ${to}ms`
}

function configuration(dir: string, port: number, rpcPort: number, settlesSoon: boolean): string {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  wal-fsync-delay = "0s"
  query-log-enabled = false
  cache-snapshot-write-cold-duration = "${settlesSoon ? '5s' : '10m'}"
  compact-full-write-cold-duration = "${settlesSoon ? '10s' : '4h'}"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "warn"
`
}
