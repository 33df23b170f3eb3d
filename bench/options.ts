import { parseArgs } from 'node:util'
import { type Topic, topics } from './measures/catalogue.ts'
import type { Extent } from './run.ts'

export interface Options {
  readonly help: boolean
  readonly extent: Extent
  readonly topics: ReadonlySet<Topic>
  /** ms that are added to each fsync; 0 = none. */
  readonly fsyncDelay: number
  /** Parent of the directory that the run works in; null = one that is on a disk. */
  readonly dir: string | null
  /** Files for the report; null = none. */
  readonly json: string | null
  readonly markdown: string | null
}

const FULL: Extent = { rounds: 5, seconds: 4, days: 3651 }
const QUICK: Extent = { rounds: 1, seconds: 1.2, days: 366 }

export const HELP = `npm run bench [-- OPTIONS]

Measures Senio, its peers and the limits of this machine in one run, by turns, and prints a report in Markdown.
Peers that aren't installed are taken from Debian and unpacked under node_modules/.cache; what can't be had is left
out and named. Everything runs on this machine alone, on free ports, in a directory that is removed at the end.

Options
  --quick              one short round with a year of data instead of ten: about two minutes instead of half an hour
  --only NAME[,NAME]   only these:
${Object.entries(topics)
  .map(([name, title]) => `                         ${name.padEnd(11)} ${title}`)
  .join('\n')}
  --rounds N           times that each program has its turn (5; with --quick 1)
  --fsync-delay MS     slow every fsync down by MS milliseconds, as an SD card would: needs strace, which slows the
                       programs a little as well
  --dir DIR            make the working directory in DIR, for example on the disk to be measured
  --json FILE          write everything measured to FILE, round by round
  --markdown FILE      write the report to FILE as well
  --help               this

Read docs/benchmarks.md for what each figure means.
`

/** @throws Error in plain words when an argument can't be understood */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      'fsync-delay': { type: 'string', default: '0' },
      dir: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const extent = values.quick ? QUICK : FULL
  const rounds = values.rounds === undefined ? extent.rounds : number('rounds', values.rounds, 1, 100)
  return {
    help: values.help,
    extent: { ...extent, rounds },
    topics: values.only === undefined ? new Set(topicNames()) : parseTopics(values.only),
    fsyncDelay: number('fsync-delay', values['fsync-delay'], 0, 1000),
    dir: values.dir ?? null,
    json: values.json ?? null,
    markdown: values.markdown ?? null,
  }
}

function parseTopics(list: string): ReadonlySet<Topic> {
  const names = list.split(',').map((name) => name.trim())
  const known = topicNames()
  return new Set(
    names.map((name) => {
      const topic = known.find((one) => one === name)
      if (topic === undefined) throw new Error(`--only knows no "${name}". It knows ${known.join(', ')}.`)
      return topic
    }),
  )
}

function topicNames(): Topic[] {
  return Object.keys(topics) as Topic[]
}

function number(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= least && value <= most)) {
    throw new Error(`--${option} takes a number from ${least} to ${most}, not "${text}".`)
  }
  return value
}
