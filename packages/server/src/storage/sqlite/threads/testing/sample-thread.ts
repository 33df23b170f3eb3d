/** A thread for tests. */
import { setTimeout as wait } from 'node:timers'
import { SenioError } from '@senio/protocol'
import { serveJobs } from '../serve-jobs.ts'

const done: string[] = []

const quick = {
  add: ([a, b]: readonly [number, number]) => a + b,
  refuse: () => {
    throw new SenioError('not-found', 'There is no such thing.')
  },
  fail: () => {
    throw new TypeError('a bug')
  },
  note: (name: string) => void done.push(name),
  done: () => done,
  die: () => void process.exit(3),
  dieLater: () =>
    void wait(() => {
      throw new TypeError('a bug outside of any job')
    }),
}

const long = {
  /** Keeps the thread busy for that long, in ms, in small steps. */
  *work({ name, ms }: { readonly name: string; readonly ms: number }): Generator<void, string, void> {
    const end = performance.now() + ms
    while (performance.now() < end) yield
    done.push(name)
    return name
  },
  *breakDown(): Generator<void, never, void> {
    yield
    throw new SenioError('storage-full', 'No room.')
  },
}

export type SampleJobs = typeof quick & typeof long

serveJobs({ quick, long })
