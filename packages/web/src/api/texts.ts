import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('api', {
  unexpected: 'Something unexpected happened in this page. Reload it and try again.',
})
