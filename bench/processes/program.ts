import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { descendants } from '../machine/process-tree.ts'

export interface ProgramOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** User and group to run as; absent = as we do. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** A command that runs the program, put before it; see `fsyncDelay`. Empty = none. */
  readonly wrapper?: readonly string[]
  /** Resolves false while the program isn't ready. */
  readonly isReady: (output: string) => boolean | Promise<boolean>
}

/** ms for a start. */
const START_TIMEOUT = 60_000
/** ms for an end after SIGTERM. */
const STOP_TIMEOUT = 20_000
/** Characters of output that are kept for messages. */
const KEPT_OUTPUT = 20_000

const running = new Set<Program>()

let isOver = false

/** Ends everything that is still running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((program) => program.stop()))
}

/** The same at the end, for example after Ctrl-C: from now on nothing can be started. */
export async function stopForGood(): Promise<void> {
  isOver = true
  await stopAll()
}

/** A server that the bench started and ends. */
export class Program {
  readonly #child: ChildProcess
  readonly #name: string
  readonly #isWrapped: boolean
  #output = ''

  private constructor(name: string, child: ChildProcess, isWrapped: boolean) {
    this.#name = name
    this.#child = child
    this.#isWrapped = isWrapped
  }

  /** @throws Error with the program's output when it doesn't become ready */
  static async start(name: string, options: ProgramOptions): Promise<Program> {
    if (isOver) throw new Error(`${name} isn't started any more: the bench is being ended.`)
    const [command = '', ...args] = [...(options.wrapper ?? []), options.command, ...options.args]
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...withoutSenio(process.env), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C is ours to pass on, in order.
      detached: true,
      ...options.user,
    })
    const program = new Program(name, child, command !== options.command)
    running.add(program)
    child.once('exit', () => running.delete(program))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        program.#output = (program.#output + text).slice(-KEPT_OUTPUT)
      })
    }
    try {
      await once(child, 'spawn')
      await program.#becomesReady(options.isReady)
    } catch (error) {
      await program.stop()
      throw new Error(`${name} did not start. It printed:\n${program.#output}`, { cause: error })
    }
    return program
  }

  /** Ids of the program's processes, its own first, then those that it started; the wrapper is none of them. */
  get processes(): readonly number[] {
    if (this.#child.pid === undefined) return []
    const all = descendants(this.#child.pid)
    return this.#isWrapped ? all.slice(1) : all
  }

  /** Everything it printed, or the end of that. */
  get output(): string {
    return this.#output
  }

  /** Ends it gently, after a while by force. */
  async stop(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    const exit = once(this.#child, 'exit')
    // The wrapper ends when what it runs has ended.
    kill(this.processes[0] ?? pid, 'SIGTERM')
    const force = new AbortController()
    const timeout = sleep(STOP_TIMEOUT, true, { signal: force.signal }).catch(() => false)
    if (await Promise.race([exit.then(() => false), timeout])) {
      for (const process_ of [...this.processes.toReversed(), pid]) kill(process_, 'SIGKILL')
      await exit
    }
    force.abort()
  }

  async #becomesReady(isReady: ProgramOptions['isReady']): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT
    for (;;) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`${this.#name} ended.`)
      if (performance.now() > deadline) throw new Error(`${this.#name} was not ready in time.`)
      if (await isReady(this.#output)) return
      await sleep(50)
    }
  }
}

function kill(process_: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process_, signal)
  } catch {
    // It has just ended.
  }
}

/** The person's own settings of Senio have no say in a benchmark. */
function withoutSenio(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('SENIO_') && name !== 'NODE_OPTIONS')
  return Object.fromEntries(kept)
}

/** Whether an HTTP server answers 2xx. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
