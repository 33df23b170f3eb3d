import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Bench, newDataDir } from '../context.ts'
import { httpTemplate } from '../load/http-request.ts'
import { httpQuery, type Query, type Range } from '../load/query.ts'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'
import { freePort } from '../processes/free-port.ts'
import { answers, Program } from '../processes/program.ts'
import { runCommand } from '../processes/run-command.ts'

const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url))

const OWNER = 'bench@example.org'
const SENSOR = 'greenhouse'
const BOUNDARY = 'senio-bench-4f1d2c9a7b'

/** The fields that all measures of numbers use. */
export const TWO_SCALARS: readonly string[] = ['temp:scalar:celsius', 'humidity:scalar:%']

/** As `npm start` and the program's own launcher have it: see scripts/start.mjs. */
export const ENVIRONMENT = {
  NODE_ENV: 'production',
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
}

/** The built server on a data directory of its own, with one sensor. */
export class Senio {
  readonly name = 'senio'
  readonly settings = 'as it comes, but for publish-rate, which would refuse what a single key sends here'
  readonly version: string
  readonly port: number
  readonly dataDir: string
  readonly program: Program
  readonly #key: string
  readonly #token: string

  private constructor(
    program: Program,
    facts: { version: string; port: number; dataDir: string; key: string; token: string },
  ) {
    this.program = program
    this.version = facts.version
    this.port = facts.port
    this.dataDir = facts.dataDir
    this.#key = facts.key
    this.#token = facts.token
  }

  /**
   * @param fields `name:type[:unit]`
   * @param storage settings of where it keeps what, as environment; a data directory when absent
   */
  static async start(
    bench: Bench,
    fields: readonly string[],
    storage: Readonly<Record<string, string>> = {},
  ): Promise<Senio> {
    const dataDir = await newDataDir(bench, 'senio')
    const port = await freePort()
    const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string }
    const program = await Program.start('Senio', {
      command: process.execPath,
      args: [
        bench.senio,
        'serve',
        `--port=${port}`,
        '--host=127.0.0.1',
        `--data-dir=${dataDir}`,
        '--publish-rate=1000000',
        '--max-connections=20000',
      ],
      env: {
        ...ENVIRONMENT,
        ...storage,
        SENIO_ADMIN_EMAIL: OWNER,
        SENIO_ADMIN_PASSWORD: 'a password of the bench',
      },
      wrapper: bench.wrapper,
      isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
    })
    const cli = async (...args: readonly string[]): Promise<Record<string, string>> => {
      const all = [bench.senio, ...args, '--owner', OWNER, '--data-dir', dataDir, '--json']
      return JSON.parse(
        await runCommand(process.execPath, all, { env: { ...ENVIRONMENT, ...storage } }),
      ) as Record<string, string>
    }
    const sensor = await cli('sensor', 'create', SENSOR, ...fields.flatMap((field) => ['--field', field]))
    const { token = '' } = await cli('token', 'create')
    return new Senio(program, { version, port, dataDir, key: sensor['key'] ?? '', token })
  }

  /** One measurement of two fields. */
  publishOne(): RequestTemplate {
    return this.#publish(measurement(new TemplateBuilder()).build())
  }

  /** That many measurements of two fields. */
  publishMany(measurements: number): RequestTemplate {
    const body = new TemplateBuilder().text('[')
    for (let index = 0; index < measurements; index++) measurement(index === 0 ? body : body.text(','))
    return this.#publish(body.text(']').build())
  }

  /** A measurement that is a picture, as a form. */
  publishPicture(image: RequestTemplate): RequestTemplate {
    const body = new TemplateBuilder()
      .text(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"timestamp":`)
      .time()
      .text(`}\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="cam1"; filename="picture.jpg"\r\n`)
      .text('Content-Type: image/jpeg\r\n\r\n')
      .template(image)
      .text(`\r\n--${BOUNDARY}--\r\n`)
      .entry()
      .build()
    return this.#publish(body, `multipart/form-data; boundary=${BOUNDARY}`)
  }

  /** About as many buckets as there are steps in the range: Senio rounds them to steps that people know. */
  buckets({ from, to }: Range, step: number): Query {
    const parameters = {
      fields: 'temp,humidity',
      from: String(from),
      to: String(to),
      points: String(Math.ceil((to - from) / step)),
    }
    return this.#query(`series?${new URLSearchParams(parameters)}`, countOfSeries('min'))
  }

  raw({ from, to }: Range): Query {
    const parameters = { fields: 'temp,humidity', from: String(from), to: String(to), points: '10000' }
    return this.#query(`series?${new URLSearchParams(parameters)}`, countOfSeries('value'))
  }

  latest(): Query {
    return this.#query('latest', (body) => {
      const { fields } = JSON.parse(body) as { fields: Record<string, unknown> }
      return Object.keys(fields).length / 2
    })
  }

  /** Whether somebody who is signed in gets the page and its latest values. */
  async looksAlive(): Promise<boolean> {
    const base = `http://127.0.0.1:${this.port}`
    const headers = { authorization: `Bearer ${this.#token}` }
    const page = await fetch(base, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(10_000) })
    await page.arrayBuffer()
    const values = await fetch(`${base}/api/v1/sensors/${SENSOR}/latest`, {
      headers,
      signal: AbortSignal.timeout(10_000),
    })
    await values.arrayBuffer()
    return page.ok && values.ok
  }

  #query(path: string, points: (body: string) => number): Query {
    const headers = { Authorization: `Bearer ${this.#token}` }
    return httpQuery(this.port, `/api/v1/sensors/${SENSOR}/${path}`, { points, headers })
  }

  #publish(body: RequestTemplate, contentType = 'application/json'): RequestTemplate {
    const headers = { Authorization: `Bearer ${this.#key}`, 'Content-Type': contentType }
    return httpTemplate({ method: 'POST', path: `/publish/${SENSOR}`, headers, body })
  }
}

/** A measurement as JSON, as a device would write it. */
export function measurement(body: TemplateBuilder): TemplateBuilder {
  return body
    .text('{"timestamp":')
    .time()
    .text(',"data":{"temp":')
    .value(0)
    .text(',"humidity":')
    .value(1)
    .text('}}')
    .entry()
}

/** Points of the first field: raw ones have a value, buckets a least one. */
export function countOfSeries(column: 'value' | 'min'): (body: string) => number {
  return (body) => {
    const { fields } = JSON.parse(body) as { fields: Record<string, Partial<Record<string, unknown[]>>> }
    return fields['temp']?.[column]?.length ?? 0
  }
}
