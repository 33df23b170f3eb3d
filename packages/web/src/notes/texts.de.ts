import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const notesInGerman = {} as const satisfies Translation<typeof text>
