import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('location', {
  label: 'Location',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  showTrack: 'Show the whole track',
  noPlace: 'no place known at this moment',
  mapOf: 'Map of {field}',
  mapAt: 'Map of {field}, at {place}',
  before: '{time} before',
})
