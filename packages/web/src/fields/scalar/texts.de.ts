import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const scalarInGerman = {
  noValues: '{field}: keine Werte in {range}.',
  summary:
    '{field}, {range}: {count} Werte, kleinster {low} ({lowAt}), Mittel {mean}, größter {high} ({highAt}).',
  statistics: 'Kleinster, mittlerer und größter Wert',
  label: 'Zahl',
  hide: '{field} ausblenden',
  show: '{field} zeigen',
  field: 'Feld',
  least: 'Kleinster',
  mean: 'Mittel',
  greatest: 'Größter',
  scale: 'Skala',
  scaleOf: 'Skala für {unit}',
  fixed: '{name}: fest',
  bothEnds: 'Geben Sie für beide Enden eine Zahl an.',
  upperGreater: 'Das obere Ende muss größer sein.',
  upper: 'Oberes Ende',
  lower: 'Unteres Ende',
  fix: 'Festhalten',
  automatic: 'Automatisch',
} as const satisfies Translation<typeof text>
