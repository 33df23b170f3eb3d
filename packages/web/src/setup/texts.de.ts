import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const setupInGerman = {
  motto: 'Was Ihre Geräte messen und was sie sehen, auf einer Zeitleiste.',
  setUp: 'Senio einrichten',
  setUpLead:
    'Der Server hat beim Start einen Einmal-Link ausgegeben. Öffnen Sie ihn oder fügen Sie ihn hier ein: Er beweist, dass diese Installation Ihnen gehört.',
  setUpLink: 'Einrichtungslink',
  notALink: 'Das ist kein Einrichtungslink. Er endet auf #token= und einen Code.',
  continue: 'Weiter',
  welcome: 'Willkommen bei Senio',
  welcomeLead: 'Erstellen Sie das erste Konto. Damit verwalten Sie diese Installation.',
  emailHelp: 'Sie benennt Ihr Konto und bleibt auf diesem Server.',
  createAccount: 'Konto erstellen',
  signIn: 'Anmelden',
  noAccount:
    'Kein Konto? Wer diesen Server verwaltet, erstellt es: in der Web-App unter Konto oder mit <code>senio user create</code>.',
} as const satisfies Translation<typeof text>
