import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const locationInGerman = {
  label: 'Ort',
  zoomIn: 'Hineinzoomen',
  zoomOut: 'Herauszoomen',
  showTrack: 'Ganze Strecke zeigen',
  noPlace: 'in diesem Moment kein Ort bekannt',
  mapOf: 'Karte von {field}',
  mapAt: 'Karte von {field}, bei {place}',
  before: '{time} davor',
} as const satisfies Translation<typeof text>
