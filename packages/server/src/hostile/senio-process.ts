import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../bin/senio.mjs', import.meta.url))

type Environment = Readonly<Record<string, string>>

function environmentOf(more: Environment): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:SENIO_|VITEST|NODE_OPTIONS|AWS_)/.test(name),
  )
  return { ...Object.fromEntries(own), ...more }
}

/** Runs a command to its end and gives all that it said. */
export function runSenio(
  args: readonly string[],
  environment: Environment = {},
  stdin = '',
): Promise<{ readonly stdout: string; readonly said: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [PROGRAM, ...args],
      { env: environmentOf(environment), maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
      (_error, stdout, stderr) => resolve({ stdout, said: stdout + stderr }),
    )
    child.stdin?.end(stdin)
  })
}

/** `senio serve` as a process of its own, of which everything that it says is kept. */
export class SenioProcess {
  readonly url: string
  readonly #child: ChildProcess
  readonly #said: Buffer[]

  private constructor(url: string, child: ChildProcess, said: Buffer[]) {
    this.url = url
    this.#child = child
    this.#said = said
  }

  /** Resolves once it can be asked. Rejects with what it said when it ends instead. */
  static async start(args: readonly string[], environment: Environment): Promise<SenioProcess> {
    const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--host', '127.0.0.1', ...args], {
      env: environmentOf(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Buffer[] = []
    const url = await new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said.push(chunk)
        const found = /running at (http:\S+)/.exec(Buffer.concat(said).toString())?.[1]
        if (found !== undefined) resolve(found)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(Buffer.concat(said).toString())))
    })
    return new SenioProcess(url, child, said)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get said(): string {
    return Buffer.concat(this.#said).toString()
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill('SIGTERM')
    await once(this.#child, 'exit')
  }
}
