import type { ScalarValue } from '@senio/protocol'
import { Gauge } from 'lucide-react'
import { lazy } from 'react'
import type { FieldView, SummaryProps } from '../field-view.ts'
import { formatChange, formatNumber, formatScalar } from './format-number.ts'
import { shownUnit } from './units.ts'
import { text } from './texts.ts'

function ScalarSummary({ value, unit }: SummaryProps<ScalarValue>) {
  const sign = shownUnit(unit)
  return (
    <span className="reading">
      {formatNumber(value)}
      {sign === '' ? null : <span className="text-muted">{`\u00a0${sign}`}</span>}
    </span>
  )
}

/** Numbers: those of one unit share a graph. */
export const scalarView: FieldView<ScalarValue> = {
  get label() {
    return text('label')
  },
  icon: Gauge,
  format: formatScalar,
  change: (from, to, unit) => formatChange(to - from, unit),
  Summary: ScalarSummary,
  panelKey: (field) => `unit ${shownUnit(field.unit)}`,
  Track: lazy(async () => ({ default: (await import('./graph-track.tsx')).GraphTrack })),
  Moment: null,
  Player: null,
  momentFirst: false,
  series: 'pixels',
  overview: 'line',
}
