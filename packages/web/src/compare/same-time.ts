import { addSpan } from '../timeline/range.ts'

/** What one looks back to most. */
export const looksBack = [
  { span: 'day', label: 'Yesterday' },
  { span: 'week', label: 'Last week' },
  { span: 'year', label: 'Last year' },
] as const

/** The same time of day that much before. */
export function sameTime(t: number, span: (typeof looksBack)[number]['span']): number {
  return addSpan(t, span, -1)
}
