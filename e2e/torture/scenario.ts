import type { Ledger } from './ledger.ts'
import type { Fault } from './verify.ts'

/** What became of one scenario. */
export interface ScenarioResult {
  /** Crashes, cuts or faults that it went through. */
  readonly cycles: number
  /** What was found wrong; a negative control must find something. */
  readonly faults: readonly Fault[]
  /** How often what, for the report: by a phrase. */
  readonly counts: Readonly<Record<string, number>>
}

export interface ScenarioOptions {
  readonly cycles: number
  readonly seed: number
  /** Tells how it goes on. */
  readonly say: (text: string) => void
}

/** Something that is done to a server while devices publish, or why it can't be done here. */
export type Scenario = (options: ScenarioOptions) => Promise<ScenarioResult | { readonly missing: string }>

/** The ledger's counts as a report calls them. */
export function ledgerCounts({ counts }: Ledger): Record<string, number> {
  return {
    'requests acknowledged': counts.acknowledged,
    'measurements acknowledged': counts.measurements,
    'pictures acknowledged': counts.images,
    'requests refused': counts.refused,
    'requests without an answer': counts.unanswered,
  }
}
