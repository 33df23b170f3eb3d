import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnv, node, root, senioProgram } from './program.ts'
import { TestAccount } from './test-account.ts'

/** The account that the first start creates. */
export const ADMIN = { email: 'ada@example.org', password: 'correct horse battery' } as const

/** How a process is started, where that isn't as a person would. */
export interface Launch {
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>
  /** A program with its arguments that becomes the server, as `strace -D` does. */
  readonly wrapper?: readonly string[]
  /** False where it can't store: it has started when it answers at all. */
  readonly canStore?: boolean
}

export interface TestServerOptions {
  /** More flags of `senio serve`. */
  readonly flags?: readonly string[]
  /** More of its environment, at each start. */
  readonly settings?: Readonly<Record<string, string>>
  /** A directory that somebody else removes; by default one of its own. */
  readonly dataDir?: string
  /** Whether the first start creates the account of ADMIN; otherwise it prints the set-up link. */
  readonly hasAccount?: boolean
}

/** Milliseconds for a start; a restart that takes longer than that is a failure. */
const START_TIMEOUT = 20_000

/** The program, as a process of its own on a data directory and a port of its own. */
export class TestServer {
  readonly dataDir: string
  readonly #options: TestServerOptions
  #child: ChildProcess | null = null
  #output = ''
  #port = 0

  private constructor(dataDir: string, options: TestServerOptions) {
    this.dataDir = dataDir
    this.#options = options
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'senio-e2e-')))
    const server = new TestServer(dataDir, options)
    try {
      await server.#start({})
    } catch (error) {
      await server.remove()
      throw error
    }
    return server
  }

  /** Without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Whether it was started and, as far as was noticed, hasn't ended. */
  get isRunning(): boolean {
    return this.#child !== null
  }

  /** Whether the process that was started last is gone. */
  get hasEnded(): boolean {
    const child = this.#child
    return child === null || child.exitCode !== null || child.signalCode !== null
  }

  /** Everything that it printed since its first start. */
  get output(): string {
    return this.#output
  }

  /** What lies under the one-time link that the first start printed. */
  get setupPath(): string {
    const path = /(\/setup#token=\S+)/.exec(this.#output)?.[1]
    if (path === undefined) throw this.#failure('It printed no set-up link')
    return path
  }

  /** The account of ADMIN, signed in by an API token. */
  async account(): Promise<TestAccount> {
    const post = async (path: string, body: object, cookie = ''): Promise<Response> => {
      const response = await fetch(`${this.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: this.url, cookie },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw this.#failure(`POST ${path} got ${response.status}`)
      return response
    }
    const session = await post('session', ADMIN)
    const cookie = session.headers.get('set-cookie')?.split(';')[0]
    const created = await post('tokens', { label: 'tests' }, cookie)
    const { token } = (await created.json()) as { readonly token: string }
    return new TestAccount(() => this.url, token)
  }

  /** Ends the process without a chance to do anything. */
  async kill9(): Promise<void> {
    const child = this.#running()
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    this.#child = null
  }

  /** Asks it to end, and waits for that. Anything but exit code 0 is an error. */
  async stop(): Promise<void> {
    const child = this.#running()
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    const [code, signal] = (await exit) as [number | null, NodeJS.Signals | null]
    this.#child = null
    if (code !== 0) throw this.#failure(`It ended with ${code ?? signal}`)
  }

  /** Waits until it ends by itself. Gives its exit code, or the signal that ended it. */
  async end(): Promise<number | NodeJS.Signals> {
    const child = this.#running()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    this.#child = null
    return child.exitCode ?? child.signalCode ?? 0
  }

  /** Starts it again on the same directory and port. Gives the milliseconds until it could store. */
  async restart(launch: Launch = {}): Promise<number> {
    if (this.hasEnded) this.#child = null
    else await this.stop()
    const start = performance.now()
    await this.#start(launch)
    return performance.now() - start
  }

  /** Files of pictures on their way in: none but while a picture arrives. */
  async drafts(): Promise<readonly string[]> {
    const directories = ['spool', join('originals', 'tmp')].map((path) => join(this.dataDir, path))
    const found = directories.map(async (directory) =>
      (await readdir(directory).catch(() => [])).map((name) => join(directory, name)),
    )
    return (await Promise.all(found)).flat()
  }

  /** How many pictures are stored, whether a value refers to them or not. */
  async originals(): Promise<number> {
    const entries = await readdir(join(this.dataDir, 'originals'), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('tmp')).length
  }

  /** Ends what runs and removes the directory. */
  async remove(): Promise<void> {
    if (!this.hasEnded) await this.kill9()
    if (this.#options.dataDir !== undefined) return
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove()
  }

  async #start({ env: more = {}, wrapper = [], canStore = true }: Launch): Promise<void> {
    const { flags = [], settings = {}, hasAccount = true } = this.#options
    const env = cleanEnv({
      ...(hasAccount ? { SENIO_ADMIN_EMAIL: ADMIN.email, SENIO_ADMIN_PASSWORD: ADMIN.password } : {}),
      ...settings,
      ...more,
    })
    const [program = node, ...before] = wrapper
    const child = spawn(
      program,
      [
        ...before,
        ...(wrapper.length > 0 ? [node] : []),
        senioProgram,
        'serve',
        `--port=${this.#port}`,
        '--host=127.0.0.1',
        `--data-dir=${this.dataDir}`,
        ...flags,
      ],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    this.#child = child
    let since = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        since += text
        this.#output += text
      })
    }
    const deadline = performance.now() + START_TIMEOUT
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) {
        this.#child = null
        throw this.#failure('It ended while starting')
      }
      if (performance.now() > deadline) throw this.#failure('It is not ready in time')
      const port = /running at http:\/\/\S+?:(\d+)/.exec(since)?.[1]
      if (port !== undefined) {
        this.#port = Number(port)
        const isReady = await fetch(`${this.url}/${canStore ? 'readyz' : 'healthz'}`).then(
          async (answer) => {
            await answer.body?.cancel()
            return answer.ok
          },
          // It may have died since.
          () => false,
        )
        if (isReady) return
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 20)
      })
    }
  }

  #running(): ChildProcess {
    if (this.#child === null) throw this.#failure('It is not running')
    return this.#child
  }

  #failure(what: string): Error {
    return new Error(`${what}. The server printed:\n${this.#output}`)
  }
}
