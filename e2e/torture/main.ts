import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isAsItShould, type Line, reportMarkdown } from './report.ts'
import { SCENARIOS } from './scenarios/index.ts'

const HELP = `npm run torture -- [--cycles 100] [--seed N] [--only NAME]... [--report FILE] [--require-all]

  --cycles       crashes of the common kinds; the others come in proportion
  --seed         a whole number; by default another each time
  --only         NAMES
  --report       FILE.md and FILE.json say what was done and found
  --require-all  what can't be done here is a failure, as with CI=true

As root on Debian with loop devices and ext4 it does all of it; it says what it can't do.
`

/** Tortures the built program. @returns the exit code: 1 when something was lost, a control found nothing, or a skip isn't allowed */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cycles: { type: 'string', default: '100' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      report: { type: 'string' },
      'require-all': { type: 'boolean', default: process.env['CI'] === 'true' },
      help: { type: 'boolean', default: false },
    },
  })
  const cycles = Number(values.cycles)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  const chosen = SCENARIOS.filter(({ name }) => values.only?.includes(name) ?? true)
  if (values.help || chosen.length === 0 || !(cycles >= 1) || !Number.isInteger(seed)) {
    process.stdout.write(HELP.replace('NAMES', SCENARIOS.map(({ name }) => name).join(', ')))
    return values.help ? 0 : 1
  }
  const lines: Line[] = []
  for (const { name, run, share, mustFind = null } of chosen) {
    const say = (text: string): void => void process.stdout.write(`${name}: ${text}\n`)
    const started = performance.now()
    const result = await run({ cycles: Math.max(1, Math.round(cycles * share)), seed, say })
    const seconds = Math.round((performance.now() - started) / 1000)
    lines.push({ name, mustFind, seconds, result })
    if ('missing' in result) say(`SKIPPED: ${result.missing}`)
    else
      for (const { kind, detail } of result.faults.slice(0, mustFind === null ? 20 : 1))
        say(`${kind}: ${detail}`)
  }
  const markdown = reportMarkdown(lines, seed)
  process.stdout.write(`\n${markdown}`)
  if (values.report !== undefined) {
    await writeFile(`${values.report}.md`, markdown)
    await writeFile(`${values.report}.json`, `${JSON.stringify({ seed, lines }, null, 2)}\n`)
  }
  return lines.every((line) => isAsItShould(line, values['require-all'])) ? 0 : 1
}
