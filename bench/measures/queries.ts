import { type Query, queryJob, type Range } from '../load/query.ts'
import { diskUsage } from '../machine/disk-usage.ts'
import type { Run } from '../run.ts'
import type { MeasureName } from './catalogue.ts'
import { DAY, loadHistory, type QuerySubject } from './history.ts'
import { measureUnderLoad } from './under-load.ts'

/** Buckets of a graph a thousand pixels wide. */
const POINTS = 1000
/** Ranges that end a minute apart, so that nobody is asked the very same thing again and again. */
const VARIANTS = 16

const ranges = { day: DAY, year: 365 * DAY, tenYears: 3650 * DAY }

/** Queries over a history of minutes, under load as well, and what it takes on disk. */
export async function measureQueries(run: Run): Promise<void> {
  const { senio, peers, end } = await loadHistory(run)
  const writers = [senio, ...peers]
  const subjects: readonly QuerySubject[] = writers.map(({ subject }) => subject)
  const ask = new Asker(run, subjects)
  const graph = (length: number) => (subject: QuerySubject) =>
    variants(end, length).map((range) => subject.buckets(range, stepOf(length)))
  const raw = (subject: QuerySubject): Query[] => variants(end, ranges.day).map((range) => subject.raw(range))
  const latest = (subject: QuerySubject): Query[] => [subject.latest()]

  if (run.wants('year')) {
    await ask.median('year', graph(ranges.year), [500, POINTS + 1])
    await ask.throughput('year-16', graph(ranges.year), 16)
  }
  if (run.wants('ten-years')) {
    if (run.extent.days * DAY > ranges.tenYears) {
      await ask.median('ten-years', graph(ranges.tenYears), [500, POINTS + 1])
    } else run.bench.say('  ten-years is left to the full run: there is a year of data only')
  }
  if (run.wants('raw')) await ask.median('raw', raw, [1440, 1440])
  if (run.wants('latest')) await ask.median('latest', latest, [1, 1])
  if (run.wants('under-load')) {
    await measureUnderLoad(run, senio, { year: graph(ranges.year), raw, latest })
  }
  run.noteMemory('memory-queries', subjects)
  if (!run.wants('disk')) return
  for (const { subject, measurements } of writers) {
    await subject.program.stop()
    run.figures.add('disk', subject.name, (await diskUsage(subject.dataDir)) / (measurements * 2))
  }
}

/** Whole minutes, so that POINTS buckets are enough for the range. */
function stepOf(length: number): number {
  return Math.ceil(length / POINTS / 60_000) * 60_000
}

function variants(end: number, length: number): Range[] {
  return Array.from({ length: VARIANTS }, (_, index) => {
    const to = end - index * 60_000
    return { from: to - length, to }
  })
}

/** Asks all programs the same, by turns. */
class Asker {
  readonly #run: Run
  readonly #subjects: readonly QuerySubject[]

  constructor(run: Run, subjects: readonly QuerySubject[]) {
    this.#run = run
    this.#subjects = subjects
  }

  /** Puts down the median ms of an answer to one client. @param expected points of a field, least and most */
  async median(
    measure: MeasureName,
    queries: (subject: QuerySubject) => readonly Query[],
    expected: readonly [number, number],
  ): Promise<void> {
    for (const subject of this.#subjects) await check(subject, queries(subject), expected)
    await this.#run.alternate(measure, this.#subjects, async (subject, seconds) => {
      const result = await this.#run.load.run(
        queryJob(subject, queries(subject), { connections: 1, seconds }),
      )
      return result.latency.p50
    })
  }

  /**
   * Puts down the answers a second to several clients at once. Without InfluxDB, which would take half a minute a
   * turn for it.
   */
  async throughput(
    measure: MeasureName,
    queries: (subject: QuerySubject) => readonly Query[],
    connections: number,
  ): Promise<void> {
    const subjects = this.#subjects.filter(({ name }) => name !== 'influxdb')
    await this.#run.alternate(measure, subjects, async (subject, seconds) => {
      const result = await this.#run.load.run(queryJob(subject, queries(subject), { connections, seconds }))
      return result.requests / result.seconds
    })
  }
}

/** A quick answer that isn't the right one is no answer. */
async function check(
  subject: QuerySubject,
  queries: readonly Query[],
  [least, most]: readonly [number, number],
): Promise<void> {
  const points = await queries[0]?.points?.()
  if (points === undefined || (points >= least && points <= most)) return
  throw new Error(`${subject.name} gave ${points} points instead of ${least} to ${most}.`)
}
