import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const tagsInGerman = {
  filter: 'Nach Schlagwort filtern',
  filtered: 'Gefiltert nach dem Schlagwort {tag}. Ändern',
  title: 'Schlagwörter',
  search: 'Nur die mit dem Schlagwort',
  placeholder: 'etwa night oder run:7',
  show: 'Zeigen',
  present: 'Schlagwörter, die gesendet wurden',
  none: 'Noch keine Messung hat ein Schlagwort. Geräte senden sie mit ihren Werten, zum Beispiel als <code>"tags": ["night"]</code>.',
  noneFound: 'Kein Schlagwort enthält diesen Text.',
  more: 'Es gibt noch mehr: Tippen findet sie.',
  only: 'Nur Messungen mit dem Schlagwort <b>{tag}</b>.',
  showAll: 'Alle zeigen',
  thinned: 'Mehr Werte, als Platz ist: einige sind gleichmäßig ausgelassen.',
  ofPicture: 'Schlagwörter',
  onlyThis: 'Nur Bilder mit dem Schlagwort {tag}',
} as const satisfies Translation<typeof text>
