import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('boolean', {
  on: 'On',
  off: 'Off',
  label: 'On or off',
  changed: 'changed',
  lasting: 'for {time}',
  share: '{share} on',
  shareOn: 'on {share}',
})
