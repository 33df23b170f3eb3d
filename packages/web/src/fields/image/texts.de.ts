import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const imageInGerman = {
  noPictures: 'keine Bilder in diesem Zeitraum',
  keogram: '{camera} als Keogramm',
  keogramHint: 'Keogramm: eine Pixelspalte je Bild',
  noTaggedKeogram: 'Mit einem Schlagwort werden Bilder als Filmstreifen gezeigt',
  keogramOf: 'Keogramm von {camera}, {range}',
  picturesOf: 'Bilder von {camera}',
  openFrame: '{time}: öffnen',
  openDamagedFrame: '{time}, beschädigt: öffnen',
} as const satisfies Translation<typeof text>
