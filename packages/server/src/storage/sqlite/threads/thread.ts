import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { SenioError } from '@senio/protocol'
import { failureToError } from '../failures.ts'
import type { AnswerMessage, JobInput, JobMessage, JobOutput, Jobs } from './messages.ts'

interface Pending {
  resolve(output: unknown): void
  reject(error: Error): void
}

/** The main thread's end of a worker thread that serves jobs. */
export class Thread<J extends Jobs> {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #exited: Promise<void>
  #lastId = 0
  #isEnding = false
  #death: SenioError | null = null

  /**
   * Starts the thread.
   * @param onDeath called once when the thread ends without having been told to
   */
  constructor(entry: URL, workerData: unknown, onDeath: (error: SenioError) => void) {
    this.#worker = new Worker(entry, {
      workerData,
      execArgv: [],
      env: { ...process.env, ...compileCache() },
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
    })
    const died = (cause: unknown): void => {
      if (this.#death !== null) return
      this.#death = new SenioError('storage-failing', 'A thread of the database ended unexpectedly.', {
        cause,
      })
      for (const pending of this.#pending.values()) pending.reject(this.#death)
      this.#pending.clear()
      if (!this.#isEnding) onDeath(this.#death)
    }
    this.#worker.on('message', (message: AnswerMessage) => this.#settle(message))
    this.#worker.on('error', died)
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        died(new SenioError('defect', `The thread ended with code ${code}.`))
        resolve()
      })
    })
  }

  /** @throws SenioError by what went wrong; UniqueViolation */
  async call<Name extends keyof J & string>(
    job: Name,
    input: JobInput<J, Name>,
  ): Promise<JobOutput<J, Name>> {
    if (this.#death !== null) throw this.#death
    const id = ++this.#lastId
    const output = await new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#worker.postMessage({ id, job, input } satisfies JobMessage, [])
    })
    return output as JobOutput<J, Name>
  }

  /** Ends the thread. Whoever still waits for it gets an error. */
  async end(): Promise<void> {
    this.#isEnding = true
    await this.#worker.terminate()
    await this.#exited
  }

  #settle(message: AnswerMessage): void {
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if ('failure' in message) pending?.reject(failureToError(message.failure))
    else pending?.resolve(message.output)
  }
}

/** Threads don't inherit the cache of compiled code, without which each of them compiles TypeScript anew. */
function compileCache(): Record<string, string> {
  const directory = getCompileCacheDir()
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: directory }
}
