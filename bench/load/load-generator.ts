import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadJob, LoadResult } from './job.ts'

/** The load generator, in a process of its own so that nothing of the bench gets in its way. */
export class LoadGenerator {
  readonly #child: ChildProcess

  constructor() {
    const program = fileURLToPath(new URL('./load-process.ts', import.meta.url))
    this.#child = fork(program, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  }

  /** One job at a time. @throws Error what went wrong in the other process */
  async run(job: LoadJob): Promise<LoadResult> {
    const ended = new AbortController()
    const answer = Promise.race([
      once(this.#child, 'message', { signal: ended.signal }),
      once(this.#child, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('The load generator ended.')
      }),
    ])
    this.#child.send(job)
    try {
      const [message] = (await answer) as [{ readonly result?: LoadResult; readonly error?: string }]
      if (message.result === undefined) throw new Error(message.error ?? 'The load generator gave no result.')
      return message.result
    } finally {
      ended.abort()
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill()
  }
}
