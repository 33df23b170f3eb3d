import type { DatabaseFault } from '../../fault-search.ts'
import type { Asking } from './asking.ts'
import type { FaultQueries, Place } from './fault-queries.ts'

/** What a step has found. */
export interface Step {
  readonly faults: readonly DatabaseFault[]
  /** Where the next one begins; null when this was the last. */
  readonly next: Place | null
  /** About how many were read. */
  readonly bytes: number
  readonly measurements: number
}

/** A part of the look at a database, in steps that read some MiB at most, each of one moment. */
export interface Check {
  /** What it looks at, for a part of it that can't be read. */
  readonly subject: string
  readonly first: (queries: FaultQueries) => Place
  /** @param counts whether measurements are to be counted */
  step(queries: FaultQueries, place: Place, counts: boolean): Asking<Step>
  /** Where to go on behind a step that could not be read; null when nothing is known to lie there. */
  readonly behind: (queries: FaultQueries, place: Place) => Place | null
}

/** More faults than this say nothing new. */
export const MOST_FAULTS = 100

/** Faults as they are found; those past `MOST_FAULTS` are dropped. */
export class Faults {
  readonly found: DatabaseFault[] = []

  add(detail: string, sha1?: string): void {
    if (this.found.length < MOST_FAULTS) this.found.push(sha1 === undefined ? { detail } : { detail, sha1 })
  }
}
