import { type MessagePort, parentPort } from 'node:worker_threads'
import { SenioError } from '@senio/protocol'
import { describeFailure } from '../failures.ts'
import type { AnswerMessage, JobMessage, LongJobs, QuickJobs } from './messages.ts'

/** How long a long job keeps the thread before quick jobs get their turn, in ms. */
const SLICE_MS = 4

type Run = (input: unknown) => unknown
type Steps = Generator<void, unknown, void>

/**
 * Answers the main thread's jobs until the thread ends. Quick jobs run as they come; long jobs one after
 * another, in slices.
 */
export function serveJobs(jobs: { readonly quick: QuickJobs; readonly long?: LongJobs }): void {
  const port = parentPort
  if (port === null) throw new SenioError('defect', 'Storage jobs are served in a worker thread only.')
  const quick = new Map(Object.entries(jobs.quick)) as Map<string, Run>
  const long = new Map(Object.entries(jobs.long ?? {})) as Map<string, (input: unknown) => Steps>
  const waiting: JobMessage[] = []
  let isRunningLong = false

  const startLong = ({ job, input }: JobMessage): Steps => {
    const start = long.get(job)
    if (start === undefined) throw new SenioError('defect', `The thread knows no job "${job}".`)
    return start(input)
  }

  const runLong = (): void => {
    const message = waiting.shift()
    isRunningLong = message !== undefined
    if (message === undefined) return
    let steps: Steps | undefined
    const slice = (): void => {
      try {
        steps ??= startLong(message)
        const deadline = performance.now() + SLICE_MS
        for (;;) {
          const step = steps.next()
          if (step.done === true) {
            answer(port, { id: message.id, output: step.value })
            break
          }
          if (performance.now() >= deadline) return void setImmediate(slice)
        }
      } catch (error) {
        answer(port, { id: message.id, failure: describeFailure(error) })
      }
      runLong()
    }
    setImmediate(slice)
  }

  port.on('message', (message: JobMessage) => {
    const run = quick.get(message.job)
    if (run === undefined) {
      waiting.push(message)
      if (!isRunningLong) runLong()
      return
    }
    try {
      answer(port, { id: message.id, output: run(message.input) })
    } catch (error) {
      answer(port, { id: message.id, failure: describeFailure(error) })
    }
  })
}

function answer(port: MessagePort, message: AnswerMessage): void {
  port.postMessage(message)
}
