import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const tagsInGerman = {
  filter: 'Nach Tag filtern',
  filtered: 'Gefiltert nach dem Tag {tag}. Ändern',
  title: 'Tags',
  search: 'Nur Messungen mit dem Tag',
  placeholder: 'etwa night oder run:7',
  show: 'Zeigen',
  present: 'Tags, die gesendet wurden',
  none: 'Noch keine Messung hat einen Tag. Geräte senden sie mit ihren Werten, zum Beispiel als <code>"tags": ["night"]</code>.',
  noneFound: 'Kein Tag enthält diesen Text.',
  more: 'Es gibt noch mehr: Tippen findet sie.',
  clear: 'Wieder alle Messungen zeigen',
  thinned: 'Mehr Werte, als Platz ist: einige sind gleichmäßig ausgelassen.',
  ofPicture: 'Tags',
  onlyThis: 'Nur Bilder mit dem Tag {tag}',
} as const satisfies Translation<typeof text>
