import { addSpan } from '../timeline/range.ts'

/** What one looks back to most. */
export const looksBack = ['day', 'week', 'year'] as const

/** The same time of day that much before. */
export function sameTime(t: number, span: (typeof looksBack)[number]): number {
  return addSpan(t, span, -1)
}
