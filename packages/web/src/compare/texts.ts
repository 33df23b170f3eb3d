import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('compare', {
  field: 'Field',
  earlier: 'Earlier',
  later: 'Later',
  change: 'Change',
  share: 'How much of the earlier picture is shown',
  twoInstants: '{sensor}: {field}, two instants',
  nothingSoEarly: 'There is no picture so long ago.',
  samePicture: 'the same picture',
  apart: '{time} apart',
  how: 'How to compare',
  withSameTime: 'Compare the later one with the same time',
  bright: 'What differs is bright',
  missingPicture: 'One of the pictures can’t be had.',
  differs: '{share} of the picture differs',
  slider: 'Slider',
  side: 'Side by side',
  difference: 'Difference',
  day: 'Yesterday',
  week: 'Last week',
  year: 'Last year',
})
