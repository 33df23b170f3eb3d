import { fromLocalInput, toLocalInput } from '../timeline/local-date-time.ts'
import type { NoteDraft } from './shown-note.ts'

/** A form's texts. */
export interface NoteForm {
  readonly sensor: string
  readonly text: string
  /** As `<input type="datetime-local">` holds it. */
  readonly from: string
  readonly to: string
  readonly isRange: boolean
}

export type NoteFault = 'textMissing' | 'timeMissing' | 'reversed'

/** What the form says, or what is wrong with it. */
export function readForm(form: NoteForm, draft: NoteDraft): NoteDraft | NoteFault {
  const text = form.text.trim()
  if (text === '') return 'textMissing'
  const from = instantOf(form.from, draft.from)
  const to = form.isRange ? instantOf(form.to, draft.to) : null
  if (from === null || (form.isRange && to === null)) return 'timeMissing'
  if (to !== null && to <= from) return 'reversed'
  return { id: draft.id, sensor: form.sensor, text, from, to }
}

/** Inputs know seconds alone: what wasn't changed keeps its fractions. */
function instantOf(input: string, before: number | null): number | null {
  return before !== null && toLocalInput(before) === input ? before : fromLocalInput(input)
}
