import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('tags', {
  filter: 'Filter by tag',
  filtered: 'Filtered by the tag {tag}. Change it',
  title: 'Tags',
  search: 'Only those with the tag',
  placeholder: 'such as night or run:7',
  show: 'Show',
  present: 'Tags that were published',
  none: 'No measurement has a tag yet. Devices publish them with their values, for example as <code>"tags": ["night"]</code>.',
  noneFound: 'No tag holds that text.',
  more: 'There are more: type to find them.',
  only: 'Only measurements with the tag <b>{tag}</b>.',
  showAll: 'Show all',
  thinned: 'More values than fit: some are left out, evenly.',
  ofPicture: 'Tags',
  onlyThis: 'Only pictures with the tag {tag}',
})
