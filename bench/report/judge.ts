import type { Goal, Reference } from '../goals.ts'
import type { MeasureName, SubjectName } from '../measures/catalogue.ts'
import type { Figures } from './figures.ts'
import { median, ratiosByRound, spread } from './statistics.ts'

export interface Verdict {
  readonly goal: Goal
  /** The program that the goal was held against; null when it isn't a program. */
  readonly against: SubjectName | null
  /** Senio's figure in terms of the reference, round by round. */
  readonly ratio: number
  readonly least: number
  readonly greatest: number
  readonly isMet: boolean
}

/** Whether a goal was met; null when it or its reference wasn't measured. */
export function judge(goal: Goal, figures: Figures): Verdict | null {
  const ours = figures.of(goal.measure, 'senio')
  const reference = figuresOf(goal, figures)
  const ratios = ratiosByRound(ours, reference.rounds)
  if (ratios.length === 0) return null
  const ratio = median(ratios)
  const [least, greatest] = spread(ratios)
  const isMet = goal.bound === 'at least' ? ratio >= goal.factor : ratio <= goal.factor
  return { goal, against: reference.subject, ratio, least, greatest, isMet }
}

interface ReferenceFigures {
  readonly subject: SubjectName | null
  readonly rounds: readonly number[]
}

function figuresOf({ measure, bound, reference }: Goal, figures: Figures): ReferenceFigures {
  if ('subject' in reference) return ofSubject(figures, measure, reference.subject)
  if ('bestOf' in reference) {
    const sign = bound === 'at least' ? -1 : 1
    const [best] = reference.bestOf
      .map((subject) => ofSubject(figures, measure, subject))
      .filter(({ rounds }) => rounds.length > 0)
      .toSorted((a, b) => sign * (median(a.rounds) - median(b.rounds)))
    return best ?? { subject: null, rounds: [] }
  }
  return { subject: null, rounds: ownRounds(reference, figures, measure) }
}

function ofSubject(figures: Figures, measure: MeasureName, subject: SubjectName): ReferenceFigures {
  return { subject, rounds: figures.of(measure, subject) }
}

function ownRounds(
  reference: Extract<Reference, { measure: MeasureName } | { figure: number }>,
  figures: Figures,
  measure: MeasureName,
): readonly number[] {
  if ('measure' in reference) return figures.of(reference.measure, 'senio')
  return figures.of(measure, 'senio').map(() => reference.figure)
}
