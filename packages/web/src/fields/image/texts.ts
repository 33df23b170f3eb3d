import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('image', {
  noPictures: 'no pictures in this range',
  keogram: '{camera} as a keogram',
  keogramHint: 'Keogram: one column of pixels a picture',
  noTaggedKeogram: 'With a tag, pictures are shown as a film strip',
  keogramOf: 'Keogram of {camera}, {range}',
  picturesOf: 'Pictures of {camera}',
  openFrame: '{time}: open',
  openDamagedFrame: '{time}, damaged: open',
})
