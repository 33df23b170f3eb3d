import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const designInGerman = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  name: 'Name',
  save: 'Speichern',
  settings: 'Einstellungen',
  tryAgain: 'Noch einmal versuchen',
  email: 'E-Mail',
  password: 'Passwort',
  passwordLength: 'Mindestens {count} Zeichen.',
  account: 'Konto',
  sensors: 'Sensoren',
  toSensors: 'Zu Ihren Sensoren',
  copyWhat: '{what} kopieren',
  typeToConfirm: 'Zur Bestätigung „{what}“ eintippen',
  copied: 'Kopiert',
  selectByHand: 'Bitte von Hand markieren',
  hidePassword: 'Passwort verbergen',
  showPassword: 'Passwort zeigen',
  secretOnce:
    'Kopieren Sie ihn jetzt, er wird nur dieses eine Mal gezeigt. Senio behält keine Kopie, nur einen Fingerabdruck.',
  movedTo: '{name} ist jetzt {place}. von {count}',
  moveUp: '{name} nach oben',
  moveDown: '{name} nach unten',
  messages: 'Meldungen',
  undo: 'Rückgängig',
  dismiss: 'Ausblenden',
  copyDeviceKey: 'Geräteschlüssel kopieren',
  copyApiToken: 'API-Token kopieren',
} as const satisfies Translation<typeof text>
