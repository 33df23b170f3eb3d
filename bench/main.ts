import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Bench } from './context.ts'
import { LoadGenerator } from './load/load-generator.ts'
import { machineFacts } from './machine/facts.ts'
import { fsyncWrapper } from './machine/fsync-delay.ts'
import { type SubjectName, subjects } from './measures/catalogue.ts'
import { measureAll } from './measures/measure-all.ts'
import { HELP, type Options, parseOptions } from './options.ts'
import { stopForGood } from './processes/program.ts'
import { Figures } from './report/figures.ts'
import { toMarkdown } from './report/markdown.ts'
import { collect, type Report } from './report/report.ts'
import { Run } from './run.ts'
import { copyBuild, mainOf } from './senio/copy-build.ts'
import { makeWorkingDir, removeDir } from './working-dir.ts'

const CACHE = fileURLToPath(new URL('../node_modules/.cache/senio-bench', import.meta.url))

/** The whole of `npm run bench`. @returns the exit code: 0 also when goals were missed, 1 when something failed */
export async function main(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = parseOptions(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
    return 2
  }
  if (options.help) {
    process.stdout.write(HELP)
    return 0
  }
  const dir = await makeWorkingDir(options.dir, CACHE)
  const build = await copyBuild(CACHE)
  const end = async (): Promise<void> => {
    await stopForGood()
    await Promise.all([removeDir(dir), removeDir(build)])
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void end().finally(() => process.exit(1)))
  }
  try {
    const report = await measure(options, {
      dir,
      senio: mainOf(build),
      command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    })
    const markdown = toMarkdown(report)
    process.stdout.write(markdown)
    if (options.markdown !== null) await writeFile(options.markdown, markdown)
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
    return report.failures.length > 0 ? 1 : 0
  } finally {
    await end()
  }
}

interface Given {
  readonly dir: string
  readonly senio: string
  readonly command: string
}

async function measure(options: Options, { dir, senio, command }: Given): Promise<Report> {
  const started = performance.now()
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
  }
  const date = new Date().toISOString()
  const machine = await machineFacts(dir)
  const plain: Bench = { dir, cache: CACHE, senio, wrapper: [], say }
  const bench: Bench = { ...plain, wrapper: await fsyncWrapper(plain, options.fsyncDelay) }
  using load = new LoadGenerator()
  const figures = new Figures()
  const run = new Run(bench, { load, extent: options.extent, figures, topics: options.topics })
  const failures = await measureAll(run)
  return {
    date,
    command,
    machine,
    fsyncDelay: options.fsyncDelay,
    rounds: options.extent.rounds,
    seconds: options.extent.seconds,
    subjects: (Object.keys(subjects) as SubjectName[]).flatMap((name) => {
      const facts = run.facts.get(name)
      return facts === undefined ? [] : [{ name, title: subjects[name], ...facts }]
    }),
    leftOut: [...run.leftOut].map(([subject, reason]) => ({ subject, reason })),
    ...collect(figures),
    failures,
  }
}
