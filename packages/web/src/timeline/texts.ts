import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('timeline', {
  compose: 'Compose',
  composeHint: 'Compose a view that begins with this one',
})
