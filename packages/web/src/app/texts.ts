import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('app', {
  unreachable: "Senio can't be reached",
  cannotShow: "This page can't be shown",
  notFound: 'Not found',
  cannotLoad: "This can't be loaded now",
  outOfDate: 'What you see may be out of date.',
  nothingHere: 'There is nothing at this address',
  oldLink: 'The link may be old, or the sensor was renamed or deleted.',
  navigation: 'Navigation',
  closeNavigation: 'Close the navigation',
  openNavigation: 'Open the navigation',
  skip: 'Skip to the content',
  main: 'Main',
  views: 'Views',
  eachSensor: 'Each sensor gets its view here.',
  newView: 'New view',
  noViews: 'Compose a view of several sensors.',
})
