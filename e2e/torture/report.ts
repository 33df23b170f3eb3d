import {
  PROMISED_START,
  type Proof,
  proofOf,
  type ScenarioResult,
  SLOWEST_RECOVERY,
  SLOWEST_START,
} from './scenario.ts'

/** What became of a scenario of a run. */
export interface Line {
  readonly name: string
  /** Of a negative control. */
  readonly mustFind: Proof | null
  readonly seconds: number
  readonly result: ScenarioResult | { readonly missing: string }
}

/** A run as a table, with what each scenario did below it. */
export function reportMarkdown(lines: readonly Line[], seed: number): string {
  const rows = lines.map(
    (line) =>
      `| ${line.name} | ${cyclesOf(line)} | ${count(line, 'measurements acknowledged')} | ${count(line, 'pictures acknowledged')} | ${count(line, 'requests refused')} | ${count(line, 'requests without an answer')} | ${startOf(line)} | ${verdict(line)} |`,
  )
  return `Seed ${seed}, ${lines.reduce((sum, { seconds }) => sum + seconds, 0)} s.

| scenario | cycles | measurements acknowledged | pictures | requests refused | without an answer | slowest start or recovery, ms | found |
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

function startOf({ result }: Line): string {
  if ('missing' in result) return '–'
  const times = [SLOWEST_START, SLOWEST_RECOVERY].flatMap((what) => result.counts[what] ?? [])
  if (times.length === 0) return '–'
  const slowest = Math.max(...times)
  return slowest > PROMISED_START ? `**${slowest}: more than ${PROMISED_START}**` : String(slowest)
}

function verdict({ result, mustFind }: Line): string {
  if ('missing' in result) return `SKIPPED: ${result.missing}`
  const { faults } = result
  if (mustFind === null) return faults.length > 0 ? `${faults.length} FAULTS` : 'nothing'
  const { length } = proofOf(mustFind, faults)
  return length > 0 ? `${length} faults, as it must` : `NO ${mustFind.join(' or ')}, though it must`
}

/** Whether it found nothing, or, as a control, what it must. @param requiresAll a skip is a failure */
export function isAsItShould({ result, mustFind }: Line, requiresAll: boolean): boolean {
  if ('missing' in result) return !requiresAll
  return mustFind === null ? result.faults.length === 0 : proofOf(mustFind, result.faults).length > 0
}
