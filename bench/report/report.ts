import { type Goal, goals } from '../goals.ts'
import type { MachineFacts } from '../machine/facts.ts'
import {
  type Measure,
  type MeasureName,
  measures,
  type SubjectName,
  subjects,
} from '../measures/catalogue.ts'
import type { SubjectFacts } from '../run.ts'
import type { Figures } from './figures.ts'
import { judge, type Verdict } from './judge.ts'

/** Everything that a run found. */
export interface Report {
  /** ISO 8601. */
  readonly date: string
  readonly command: string
  readonly machine: MachineFacts
  /** ms that were added to each fsync; 0 = none. */
  readonly fsyncDelay: number
  readonly rounds: number
  readonly seconds: number
  readonly subjects: readonly ReportedSubject[]
  readonly leftOut: readonly { readonly subject: SubjectName; readonly reason: string }[]
  readonly measures: readonly ReportedMeasure[]
  readonly goals: readonly ReportedGoal[]
  /** Measures that failed, and why. */
  readonly failures: readonly string[]
}

export interface ReportedSubject extends SubjectFacts {
  readonly name: SubjectName
  readonly title: string
}

export interface ReportedMeasure extends Measure {
  readonly name: MeasureName
  /** By program, one figure a round. */
  readonly rounds: Readonly<Partial<Record<SubjectName, readonly number[]>>>
}

export interface ReportedGoal {
  readonly goal: Goal
  /** null when it couldn't be told. */
  readonly verdict: Verdict | null
}

/** The measures that were taken and the goals about them, in the order of the catalogue. */
export function collect(figures: Figures): Pick<Report, 'measures' | 'goals'> {
  const taken = (Object.keys(measures) as MeasureName[]).filter((name) => figures.has(name))
  const names = Object.keys(subjects) as SubjectName[]
  return {
    measures: taken.map((name) => ({
      name,
      ...measures[name],
      rounds: Object.fromEntries(
        names
          .map((subject) => [subject, figures.of(name, subject)] as const)
          .filter(([, rounds]) => rounds.length > 0),
      ),
    })),
    goals: goals
      .filter(({ measure }) => figures.has(measure))
      .map((goal) => ({ goal, verdict: judge(goal, figures) })),
  }
}
