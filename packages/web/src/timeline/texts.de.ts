import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const timelineInGerman = {
  compose: 'Zusammenstellen',
  composeHint: 'Eine Ansicht zusammenstellen, die mit dieser beginnt',
} as const satisfies Translation<typeof text>
