import { text } from '../texts.ts'
import type { DraftPanel } from './draft.ts'

/** More names than these say no more. */
const MOST = 3

/** What a panel is called by those who edit it, and by screen readers. */
export function panelName({ fields }: DraftPanel, index: number): string {
  const number = index + 1
  if (fields.length === 0) return text('emptyPanel', { number })
  const names = [...new Set(fields.map(({ field }) => field))]
  const said = names.slice(0, MOST).join(', ') + (names.length > MOST ? ' …' : '')
  return text('panel', { number, fields: said })
}
