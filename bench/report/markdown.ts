import type { Goal } from '../goals.ts'
import { measures, type SubjectName, subjects } from '../measures/catalogue.ts'
import { formatFigure, formatRounds, formatTable } from './format.ts'
import type { Report, ReportedGoal } from './report.ts'

/** The report for people. */
export function toMarkdown(report: Report): string {
  const parts = [
    '# Benchmarks of Senio',
    conditions(report),
    '## Figures',
    `Medians${report.rounds > 1 ? ' (least–greatest)' : ''} of ${count(report.rounds, 'round')} of ${report.seconds} s each, the programs taking turns.`,
    figuresTable(report),
    '## Goals',
    'Ratios are taken round by round; given are their median and spread.',
    goalsTable(report.goals),
    '## Programs',
    programs(report),
  ]
  if (report.failures.length > 0)
    parts.push('## Failures', report.failures.map((line) => `- ${line}`).join('\n'))
  return `${parts.join('\n\n')}\n`
}

/** Load from which on the figures say more about the machine's other work than about the programs. */
const BUSY = 0.5

function conditions({ date, command, machine, fsyncDelay }: Report): string {
  const facts = [
    `${date}, \`${command}\``,
    `${machine.processor}, ${count(machine.cores, 'core')}, ${formatFigure(machine.memory / 2 ** 30)} GiB, ${machine.system}, Node ${machine.node}`,
    `An fsync of 4 KiB takes ${formatFigure(machine.fsync)} ms${fsyncDelay > 0 ? `; each was slowed down by another ${fsyncDelay} ms` : ''}`,
    'Load generator and program under test share all cores; programs that wait for their turn are idle. All over loopback.',
  ]
  if (machine.load > BUSY) {
    facts.push(
      `**The machine had other things to do** (load ${formatFigure(machine.load)} when this began): figures and ratios are rough`,
    )
  }
  return facts.map((fact) => `- ${fact}`).join('\n')
}

function figuresTable(report: Report): string {
  const columns = report.subjects.filter(({ name }) => report.measures.some(({ rounds }) => rounds[name]))
  const head = ['Measure', 'Unit', ...columns.map(({ title }) => title)]
  const rows = report.measures.map(({ title, unit, rounds }) => [
    title,
    unit,
    ...columns.map(({ name }) => formatRounds(rounds[name] ?? [])),
  ])
  return formatTable(head, rows)
}

function goalsTable(goals: readonly ReportedGoal[]): string {
  const rows = goals.map(({ goal, verdict }) => [
    measures[goal.measure].title,
    describe(goal, verdict?.against ?? null),
    verdict === null ? '' : ratioText(verdict),
    verdict === null
      ? 'not measured'
      : verdict.isMet
        ? 'met'
        : `**missed**, ${distance(goal, verdict.ratio)}`,
  ])
  return formatTable(['Measure', 'Goal', 'Measured', 'Verdict'], rows)
}

function describe({ measure, bound, factor, reference }: Goal, against: SubjectName | null): string {
  if ('figure' in reference)
    return `${bound} ${formatFigure(factor * reference.figure)} ${measures[measure].unit}`
  const times = factor < 0.5 ? `1/${formatFigure(1 / factor)} of` : `${formatFigure(factor)} ×`
  if ('measure' in reference) return `${bound} ${times} ${measures[reference.measure].title}`
  const name = 'subject' in reference ? subjects[reference.subject] : 'the best peer'
  return `${bound} ${times} ${name}${'bestOf' in reference && against !== null ? ` (${subjects[against]})` : ''}`
}

function ratioText({ goal, ratio, least, greatest }: NonNullable<ReportedGoal['verdict']>): string {
  const { reference } = goal
  const show =
    'figure' in reference ? (value: number) => formatFigure(value * reference.figure) : formatFigure
  const unit = 'figure' in reference ? '' : ' ×'
  if (least === greatest) return `${show(ratio)}${unit}`
  return `${show(ratio)}${unit} (${show(least)}–${show(greatest)})`
}

/** How far from the goal: the part of it that was reached. */
function distance({ bound, factor }: Goal, ratio: number): string {
  const reached = bound === 'at least' ? ratio / factor : factor / ratio
  return `${formatFigure(reached * 100)} % of the goal`
}

function programs({ subjects: list, leftOut }: Report): string {
  const lines = list.map(({ title, version, settings }) => `- **${title}** ${version}: ${settings}`)
  const missing = leftOut.map(({ subject, reason }) => `- **${subjects[subject]}** was left out: ${reason}`)
  return [...lines, ...missing].join('\n')
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
