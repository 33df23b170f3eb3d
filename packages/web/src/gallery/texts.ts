import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('gallery', {
  found: { one: '{count} picture', other: '{count} pictures' },
  foundMore: { one: 'More than {count} picture', other: 'More than {count} pictures' },
  none: 'No pictures in this range',
  openPicture: '{time}: open',
  openDamaged: '{time}, damaged: open',
  pictures: 'Pictures',
  title: 'Pictures of {camera}',
})
