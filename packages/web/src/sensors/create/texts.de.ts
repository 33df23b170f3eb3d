import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const createInGerman = {
  createNew: 'Neuer Sensor',
  createLead:
    'Geben Sie dem, was sendet, einen Namen, und sagen Sie, was es misst. Beides lässt sich später ändern.',
  example: 'gewaechshaus',
  nameHelp: 'Er wird Teil der Adresse, an die das Gerät sendet.',
  needsField: 'Ein Sensor hat mindestens ein Feld. Fügen Sie eines hinzu.',
  create: 'Sensor erstellen',
  needsName: 'Geben Sie dem Sensor einen Namen.',
  fields: 'Felder',
  fieldName: 'Name des Feldes',
  remove: '{name} entfernen',
  addField: 'Feld hinzufügen',
  theField: 'das Feld',
} as const satisfies Translation<typeof text>
