import type { MeasureName, SubjectName } from '../measures/catalogue.ts'

/** All figures of a run: of each measure and program one a round, in the order of the rounds. */
export class Figures {
  readonly #rounds = new Map<MeasureName, Map<SubjectName, number[]>>()

  add(measure: MeasureName, subject: SubjectName, figure: number): void {
    const subjects = this.#rounds.get(measure) ?? new Map<SubjectName, number[]>()
    this.#rounds.set(measure, subjects)
    subjects.set(subject, [...(subjects.get(subject) ?? []), figure])
  }

  /** Empty when it wasn't measured. */
  of(measure: MeasureName, subject: SubjectName): readonly number[] {
    return this.#rounds.get(measure)?.get(subject) ?? []
  }

  has(measure: MeasureName): boolean {
    return this.#rounds.has(measure)
  }

  /** Programs with a figure for any measure. */
  subjects(): ReadonlySet<SubjectName> {
    return new Set([...this.#rounds.values()].flatMap((subjects) => [...subjects.keys()]))
  }
}
