import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const compareInGerman = {
  field: 'Feld',
  earlier: 'Früher',
  later: 'Später',
  change: 'Änderung',
  share: 'Wie viel vom früheren Bild zu sehen ist',
  twoInstants: '{sensor}: {field}, zwei Zeitpunkte',
  nothingSoEarly: 'So weit zurück gibt es kein Bild.',
  samePicture: 'dasselbe Bild',
  apart: '{time} auseinander',
  how: 'Art des Vergleichs',
  withSameTime: 'Das spätere vergleichen mit derselben Uhrzeit',
  bright: 'Was sich unterscheidet, ist hell',
  missingPicture: 'Eines der Bilder ist nicht zu bekommen.',
  differs: '{share} des Bildes unterscheiden sich',
  slider: 'Schieber',
  side: 'Beide',
  difference: 'Unterschied',
  day: 'Gestern',
  week: 'Vor einer Woche',
  year: 'Vor einem Jahr',
  pictureBefore: '{label}: voriges Bild',
  pictureAfter: '{label}: nächstes Bild',
} as const satisfies Translation<typeof text>
