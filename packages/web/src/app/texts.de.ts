import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const appInGerman = {
  unreachable: 'Senio ist nicht erreichbar',
  cannotShow: 'Diese Seite lässt sich nicht anzeigen',
  notFound: 'Nicht gefunden',
  cannotLoad: 'Das lässt sich gerade nicht laden',
  outOfDate: 'Was Sie sehen, ist vielleicht nicht mehr aktuell.',
  nothingHere: 'Unter dieser Adresse gibt es nichts',
  oldLink: 'Vielleicht ist der Link alt, oder der Sensor wurde umbenannt oder gelöscht.',
  navigation: 'Navigation',
  closeNavigation: 'Navigation schließen',
  openNavigation: 'Navigation öffnen',
  skip: 'Zum Inhalt springen',
  main: 'Hauptnavigation',
  views: 'Ansichten',
  eachSensor: 'Jeder Sensor bekommt hier seine Ansicht.',
  newView: 'Neue Ansicht',
  noViews: 'Stellen Sie eine Ansicht mehrerer Sensoren zusammen.',
} as const satisfies Translation<typeof text>
