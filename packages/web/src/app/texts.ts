import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('app', {})
