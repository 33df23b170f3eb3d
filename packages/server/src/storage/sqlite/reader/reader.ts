import { SenioError } from '@senio/protocol'
import type { JobInput, JobOutput } from '../threads/messages.ts'
import { Thread } from '../threads/thread.ts'
import type { ReaderJobs } from './reader-thread.ts'
import { programUrl } from '../../../program-url.ts'

/** The main thread's end of the reader thread. */
export class Reader {
  readonly #thread: Thread<ReaderJobs>
  readonly #running = new Set<Promise<unknown>>()
  #isClosing = false

  /** @param onDeath called once when nothing more can be read before a restart */
  constructor(file: string, onDeath: (error: SenioError) => void) {
    this.#thread = new Thread(programUrl(import.meta.url, './reader-thread'), { file }, onDeath)
  }

  async call<Name extends keyof ReaderJobs>(
    job: Name,
    input: JobInput<ReaderJobs, Name>,
  ): Promise<JobOutput<ReaderJobs, Name>> {
    if (this.#isClosing) {
      throw new SenioError('shutting-down', 'The server is being stopped.', { retryAfter: 5 })
    }
    const answer = this.#thread.call(job, input)
    this.#running.add(answer)
    try {
      return await answer
    } finally {
      this.#running.delete(answer)
    }
  }

  /** Finishes what runs, then ends the thread. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.allSettled(this.#running)
    try {
      await this.#thread.call('close', undefined)
    } finally {
      await this.#thread.end()
    }
  }
}
