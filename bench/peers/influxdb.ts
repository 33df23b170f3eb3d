import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, newDataDir } from '../context.ts'
import { httpTemplate } from '../load/http-request.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { runCommand } from '../processes/run-command.ts'
import { findOrUnpack } from './debian.ts'

const DATABASE = 'bench'

/** InfluxDB 1.6 of Debian. */
export class InfluxDb {
  readonly name = 'influxdb'
  readonly settings =
    'wal-fsync-delay 0 (its default: each write is fsynced before it is answered), shards of 52 weeks (as advised for long histories), request log off'
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

  /** Ready, with an empty database. */
  static async start(bench: Bench): Promise<InfluxDb> {
    const { path, env } = await findOrUnpack(bench, 'influxdb', 'influxd')
    const dataDir = await newDataDir(bench, 'influxdb')
    const [port, rpcPort] = [await freePort(), await freePort()]
    const config = join(dataDir, 'influxdb.conf')
    await writeFile(config, configuration(dataDir, port, rpcPort))
    const version = /v(\d\S*)/.exec(await runCommand(path, ['version'], { env }))?.[1] ?? 'unknown'
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
    const body = new TemplateBuilder()
    for (let index = 0; index < measurements; index++) {
      body.text('greenhouse temp=').value(0).text(',humidity=').value(1).text(' ').time().text('\n').entry()
    }
    return httpTemplate({ method: 'POST', path: `/write?db=${DATABASE}&precision=ms`, body: body.build() })
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

function configuration(dir: string, port: number, rpcPort: number): string {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  wal-fsync-delay = "0s"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "warn"
`
}
