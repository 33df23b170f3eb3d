import type { Site } from './site.ts'
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

/** What a negative control must find; another fault proves nothing. */
export type Proof = readonly Fault['kind'][]

/** Acknowledged measurements that are gone, or others. */
export const ROWS_LOST: Proof = ['lost', 'changed']
/** Pictures of acknowledged measurements that are gone, or whose bytes are others. */
export const BLOBS_LOST: Proof = ['blob-missing']

/** Those of the faults that are a control's proof. */
export function proofOf(proof: Proof, faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ kind }) => proof.includes(kind))
}

/** Whether nothing more is to be seen: something is wrong, and a control has what it looked for. */
export function isOver(faults: readonly Fault[], proof: Proof | null): boolean {
  return (proof === null ? faults : proofOf(proof, faults)).length > 0
}

/** Something that is done to a server while devices publish, or why it can't be done here. */
export type Scenario = (options: ScenarioOptions) => Promise<ScenarioResult | { readonly missing: string }>

/** What a report says of each: the longest start of the server. */
export const SLOWEST_START = 'slowest start, ms'
/** Where something else is stopped: the longest time until the server, which ran all the while, could store again. */
export const SLOWEST_RECOVERY = 'slowest recovery, ms'
/** What is promised of each, in ms. */
export const PROMISED_START = 5000

/** What happened at a site, as a report calls it. */
export function siteCounts({ ledger: { counts }, slowestStart }: Site): Record<string, number> {
  return {
    'requests acknowledged': counts.acknowledged,
    'measurements acknowledged': counts.measurements,
    'pictures acknowledged': counts.images,
    'requests refused': counts.refused,
    'requests without an answer': counts.unanswered,
    ...(slowestStart > 0 ? { [SLOWEST_START]: Math.round(slowestStart) } : {}),
  }
}

/** Of several sites together: sums, and the slowest of what was slow. */
export function sumOfCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts))) {
    const before = total[name] ?? 0
    total[name] = [SLOWEST_START, SLOWEST_RECOVERY].includes(name) ? Math.max(before, count) : before + count
  }
  return total
}
