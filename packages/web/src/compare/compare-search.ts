import type { TimestampMs } from '@senio/protocol'
import { parseTime } from '../timeline/search.ts'

/** How two pictures are shown. */
export const comparisons = ['slider', 'side', 'difference'] as const
export type Comparison = (typeof comparisons)[number]

/** What the address says about comparing. */
export interface CompareSearch {
  /** The other instant, beside the cursor's. */
  readonly t: TimestampMs
  readonly how: Comparison
}

/** null when nothing is compared. */
export function parseCompare(search: Readonly<Record<string, unknown>>): CompareSearch | null {
  const t = parseTime(search['compare'])
  return t === null ? null : { t, how: comparisons.find((known) => known === search['how']) ?? 'slider' }
}
