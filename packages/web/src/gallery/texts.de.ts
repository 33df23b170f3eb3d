import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const galleryInGerman = {
  found: { one: '{count} Bild', other: '{count} Bilder' },
  foundMore: { one: 'Mehr als {count} Bild', other: 'Mehr als {count} Bilder' },
  none: 'Keine Bilder in diesem Zeitraum',
  openPicture: '{time}: öffnen',
  openDamaged: '{time}, beschädigt: öffnen',
  pictures: 'Bilder',
  title: 'Bilder von {camera}',
} as const satisfies Translation<typeof text>
