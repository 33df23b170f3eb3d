import type { BooleanValue } from '@senio/protocol'
import { ToggleRight } from 'lucide-react'
import { lazy } from 'react'
import type { FieldView, SummaryProps } from '../field-view.ts'
import { formatBoolean } from './format-boolean.ts'
import { text } from './texts.ts'

function BooleanSummary({ value }: SummaryProps<BooleanValue>) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={value ? 'size-2 rounded-full bg-ok' : 'size-2 rounded-full border border-line-input'}
      />
      {formatBoolean(value)}
    </span>
  )
}

/** States: each field has its own band. */
export const booleanView: FieldView<BooleanValue> = {
  get label() {
    return text('label')
  },
  icon: ToggleRight,
  format: formatBoolean,
  change: (from, to) => (from === to ? null : text('changed')),
  Summary: BooleanSummary,
  panelKey: (field) => field.name,
  Track: lazy(async () => ({ default: (await import('./band-track.tsx')).BandTrack })),
  Moment: null,
  Player: null,
  momentFirst: false,
  series: 'fine',
  overview: null,
}
