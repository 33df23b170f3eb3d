import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const booleanInGerman = {
  on: 'An',
  off: 'Aus',
  label: 'An oder aus',
  changed: 'geändert',
  lasting: 'seit {time}',
  share: '{share} an',
  shareOn: '{share} an',
} as const satisfies Translation<typeof text>
