import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { SenioProcess } from './senio-process.ts'

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

type Request = readonly [
  method: string,
  path: string,
  headers?: Readonly<Record<string, string>>,
  body?: unknown,
]

/** Everything that was told, by where it was found. */
export class Hearing {
  readonly told: Record<string, string> = {}
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  note(where: string, text: string): void {
    this.told[where in this.told ? `${where} (${Object.keys(this.told).length})` : where] = text
  }

  /** Asks, without keeping what was told: it may be the only place where a secret stands. */
  async ask(...[method, path, headers = {}, body]: Request): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  /** Asks, and keeps what was told. */
  async hear(...request: Request): Promise<Answer> {
    const answer = await this.ask(...request)
    const [method, path] = request
    this.note(
      `the answer to ${method} ${path.replace(/[?].*/, '')}`,
      answer.text + JSON.stringify([...answer.headers]),
    )
    return answer
  }

  /** Listens to a stream of events while something is done. */
  async listen(
    path: string,
    headers: Readonly<Record<string, string>>,
    during: () => Promise<unknown>,
  ): Promise<void> {
    const stop = new AbortController()
    const response = await fetch(`${this.#url}${path}`, { headers, signal: stop.signal })
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
    const decoder = new TextDecoder()
    await during()
    let heard = ''
    while (!heard.includes('event: measurement')) {
      const { done, value } = await reader.read()
      if (done) break
      heard += decoder.decode(value, { stream: true })
    }
    stop.abort()
    this.note(`the events of ${path}`, heard)
  }

  /** What anybody of the machine can see of a process and of those that it began, and what these were given. */
  async watch({ pid }: SenioProcess): Promise<void> {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    const began = children.split(' ').filter((child) => child !== '')
    for (const process of [String(pid), ...began]) {
      for (const what of process === String(pid) ? ['cmdline', 'comm'] : ['cmdline', 'comm', 'environ']) {
        this.note(
          `the ${what} of a process`,
          await readFile(`/proc/${process}/${what}`, 'latin1').catch(() => ''),
        )
      }
    }
  }

  /** Every file below a directory. */
  async read(directory: string, whose: string): Promise<void> {
    for (const file of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = await readFile(join(file.parentPath, file.name))
      this.note(`the file ${file.name} of ${whose}`, bytes.toString('latin1'))
    }
  }

  /** Every row of a PostgreSQL database. */
  async readDatabase(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'senio'::regnamespace AND relkind IN ('r', 'p')`,
      )
      for (const { name } of tables) {
        const { rows } = await client.query(`SELECT to_jsonb(t) FROM senio.${name} t`)
        this.note(`the table ${name}`, JSON.stringify(rows))
      }
    } finally {
      await client.end()
    }
  }
}
