import type { ScenarioResult } from './scenario.ts'

/** What became of a scenario of a run. */
export interface Line {
  readonly name: string
  /** It must find something. */
  readonly isControl: boolean
  readonly seconds: number
  readonly result: ScenarioResult | { readonly missing: string }
}

/** A run as a table, with what each scenario did below it. */
export function reportMarkdown(lines: readonly Line[], seed: number): string {
  const rows = lines.map(
    (line) =>
      `| ${line.name} | ${cyclesOf(line)} | ${count(line, 'measurements acknowledged')} | ${count(line, 'pictures acknowledged')} | ${count(line, 'requests refused')} | ${count(line, 'requests without an answer')} | ${count(line, 'slowest start, ms')} | ${verdict(line)} |`,
  )
  return `Seed ${seed}, ${lines.reduce((sum, { seconds }) => sum + seconds, 0)} s.

| scenario | cycles | measurements acknowledged | pictures | requests refused | without an answer | slowest start, ms | found |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function cyclesOf({ result }: Line): number | string {
  return 'missing' in result ? '–' : result.cycles
}

function count({ result }: Line, what: string): number | string {
  return 'missing' in result ? '–' : (result.counts[what] ?? '–')
}

function verdict({ result, isControl }: Line): string {
  if ('missing' in result) return `skipped: ${result.missing}`
  const { length } = result.faults
  if (isControl) return length > 0 ? `${length} faults, as it must` : 'NOTHING, though it must'
  return length > 0 ? `${length} FAULTS` : 'nothing'
}
