import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Bench, newDataDir } from '../context.ts'
import { httpTemplate } from '../load/http-request.ts'
import { httpQuery, type Query, type Range } from '../load/query.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import type { SubjectName } from '../measures/catalogue.ts'
import type { WritableSubject } from '../measures/writer.ts'
import { POSTGRES_LOGIN, type PostgreSql } from '../peers/postgresql.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { runCommand } from '../processes/run-command.ts'
import { countOfSeries, ENVIRONMENT, measurement } from './senio.ts'

const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url))
const OWNER = 'bench@example.org'
const PASSWORD = 'a password of the bench'

/** Sensors that are made at once. */
const AT_ONCE = 16

/** A sensor of the bench and its key. */
interface KnownSensor {
  readonly name: string
  readonly key: string
}

/** An installation of Senio on one kind of storage, with one node or several. */
export class Cluster {
  readonly version: string
  readonly #nodes: readonly Program[]
  readonly #ports: readonly number[]
  readonly #token: string
  readonly #sensors: KnownSensor[] = []

  private constructor(
    nodes: readonly Program[],
    facts: { readonly ports: readonly number[]; readonly token: string; readonly version: string },
  ) {
    this.#nodes = nodes
    this.#ports = facts.ports
    this.#token = facts.token
    this.version = facts.version
  }

  /** @param postgres where it keeps everything but pictures; null for a data directory, which allows for one node */
  static async start(bench: Bench, nodes: number, postgres: PostgreSql | null): Promise<Cluster> {
    const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string }
    const { user, database } = POSTGRES_LOGIN
    const storage: Record<string, string> =
      postgres === null
        ? {}
        : { SENIO_DATABASE_URL: `postgres://${user}@127.0.0.1:${postgres.port}/${database}` }
    const dataDir = await newDataDir(bench, 'senio')
    const ports: number[] = []
    const programs: Program[] = []
    for (let node = 0; node < nodes; node++) {
      const port = await freePort()
      const program = await Program.start('Senio', {
        command: process.execPath,
        args: [
          bench.senio,
          'serve',
          `--port=${port}`,
          '--host=127.0.0.1',
          `--data-dir=${dataDir}`,
          '--publish-rate=1000000',
        ],
        env: { ...ENVIRONMENT, ...storage, SENIO_ADMIN_EMAIL: OWNER, SENIO_ADMIN_PASSWORD: PASSWORD },
        wrapper: postgres === null ? bench.wrapper : [],
        isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
      })
      ports.push(port)
      programs.push(program)
    }
    const args = [bench.senio, 'token', 'create', '--owner', OWNER, '--data-dir', dataDir, '--json']
    const printed = await runCommand(process.execPath, args, { env: { ...ENVIRONMENT, ...storage } })
    const { token } = JSON.parse(printed) as { token: string }
    return new Cluster(programs, { ports, token, version })
  }

  /** Of all nodes. */
  get processes(): readonly number[] {
    return this.#nodes.flatMap((node) => [...node.processes])
  }

  /** As a program under test of which so many nodes are spoken to. */
  subject<Name extends SubjectName>(name: Name, nodes: number, settings: string): NodesSubject<Name> {
    const [program, port] = [this.#nodes[0], this.#ports[0]]
    if (program === undefined || port === undefined) throw new Error('There are no nodes.')
    const { version } = this
    return { name, version, settings, program, port, ports: this.#ports.slice(0, nodes) }
  }

  /** Sees to it that there are so many sensors with two fields. */
  async ensureSensors(count: number): Promise<void> {
    const make = async (): Promise<void> => {
      while (this.#sensors.length < count) {
        const name = `sensor-${this.#sensors.length}`
        const made: { name: string; key: string } = { name, key: '' }
        this.#sensors.push(made)
        made.key = await this.#makeSensor(name)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, make))
  }

  /** One measurement of two fields each for so many sensors: a request a sensor. */
  publishOne(sensors = 1): readonly RequestTemplate[] {
    const body = measurement(new TemplateBuilder()).build()
    return this.#sensors.slice(0, sensors).map((sensor) => publish(sensor, body))
  }

  /** That many measurements of two fields of the first sensor in a request. */
  publishMany(measurements: number): RequestTemplate {
    const body = new TemplateBuilder().text('[')
    for (let index = 0; index < measurements; index++) measurement(index === 0 ? body : body.text(','))
    const [sensor] = this.#sensors
    if (sensor === undefined) throw new Error('There is no sensor.')
    return publish(sensor, body.text(']').build())
  }

  buckets({ from, to }: Range, points: number): Query {
    const parameters = { fields: 'temp,humidity', from: String(from), to: String(to), points: String(points) }
    const column = points > 5000 ? 'value' : 'min'
    return this.#query(`series?${new URLSearchParams(parameters)}`, countOfSeries(column))
  }

  latest(): Query {
    return this.#query('latest', () => 1)
  }

  #query(path: string, points: (body: string) => number): Query {
    const headers = { Authorization: `Bearer ${this.#token}` }
    return httpQuery(this.#ports[0] ?? 0, `/api/v1/sensors/sensor-0/${path}`, { points, headers })
  }

  async #makeSensor(name: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#ports[0]}/api/v1/sensors`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name,
        fields: ['temp', 'humidity'].map((field) => ({ name: field, type: 'scalar', unit: '' })),
      }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`A sensor could not be made: ${text.slice(0, 300)}`)
    return (JSON.parse(text) as { key: string }).key
  }
}

export interface NodesSubject<Name extends SubjectName = SubjectName> extends WritableSubject {
  readonly name: Name
  /** Of the nodes that share the work. */
  readonly ports: readonly number[]
}

function publish({ name, key }: KnownSensor, body: RequestTemplate): RequestTemplate {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  return httpTemplate({ method: 'POST', path: `/publish/${name}`, headers, body })
}
