import type { LocationValue } from '@senio/protocol'
import { MapPin } from 'lucide-react'
import { lazy } from 'react'
import type { FieldView, SummaryProps } from '../field-view.ts'
import { formatLocation } from './format-location.ts'
import { text } from './texts.ts'

function LocationSummary({ value }: SummaryProps<LocationValue>) {
  return <span className="reading">{formatLocation(value)}</span>
}

/** Places: each field has its own map. */
export const locationView: FieldView<LocationValue> = {
  get label() {
    return text('label')
  },
  icon: MapPin,
  format: formatLocation,
  change: null,
  Summary: LocationSummary,
  panelKey: (field) => field.name,
  Track: null,
  Moment: lazy(async () => ({ default: (await import('./moment-map.tsx')).MomentMap })),
  Player: null,
  momentFirst: false,
  series: 'pixels',
  overview: null,
}
