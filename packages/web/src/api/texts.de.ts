import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const apiInGerman = {
  unexpected:
    'Auf dieser Seite ist etwas schiefgegangen. Laden Sie sie neu und versuchen Sie es noch einmal.',
} as const satisfies Translation<typeof text>
