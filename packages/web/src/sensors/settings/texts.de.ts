import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const settingsInGerman = {
  askDeleteField: 'Feld {field} löschen?',
  deleteField: 'Feld löschen',
  deleteFieldHelp: 'Alle seine Werte sind dann endgültig weg. Geräte, die es noch senden, werden abgewiesen.',
  deleteSensor: 'Sensor löschen',
  deleteLead: 'Mit allen Messungen, Bildern und Schlüsseln. Das lässt sich nicht rückgängig machen.',
  deleteSensorDots: 'Sensor löschen …',
  askDelete: '{sensor} löschen?',
  deleteHelp:
    'Alles, was er gemessen hat, und jedes Bild ist dann endgültig weg, und seine Geräteschlüssel gelten sofort nicht mehr.',
  deleted: '{sensor} ist gelöscht',
  addField: 'Feld hinzufügen',
  edit: '{field} bearbeiten',
  typeStays: 'Der Typ bleibt, wie er ist: Die gespeicherten Werte haben ihn.',
  addTheField: 'Hinzufügen',
  fields: 'Felder',
  fieldsLead:
    'Was der Sensor sendet. Ein umbenanntes Feld behält seine Werte; Geräte müssen den neuen Namen benutzen.',
  noFields: 'Es gibt noch keine Felder: Der Sensor kann nichts senden.',
  delete: '{field} löschen',
  orderRestored: 'Die Reihenfolge ist wieder wie vorher',
  orderChanged: 'Die Reihenfolge ist geändert',
  keys: 'Geräteschlüssel',
  keysLead:
    'Ein Gerät weist sich damit bei jedem Senden aus. Mehrere zugleich machen den Wechsel leicht: neuen erstellen, Gerät umstellen, alten widerrufen.',
  keyHelp: 'Zum Beispiel, wo das Gerät steht.',
  revoke: 'Widerrufen',
  revoked: 'Der Geräteschlüssel ist widerrufen',
  askRevoke: 'Geräteschlüssel widerrufen?',
  revokeKey: 'Schlüssel widerrufen',
  renamed: 'Umbenannt in {name}',
  nameLead:
    'Damit ändert sich die Adresse, an die Geräte senden: Ändern Sie sie auch in deren Code. Schlüssel bleiben, wie sie sind.',
  sensorName: 'Name des Sensors',
  rename: 'Umbenennen',
  settingsOf: 'Einstellungen von {sensor}',
  revokeHelp: 'Geräte, die <b>{label}</b> noch benutzen, werden ab jetzt abgewiesen.',
  revokeHelpPlain: 'Geräte, die ihn noch benutzen, werden ab jetzt abgewiesen.',
  fieldDeleted: '{field} ist gelöscht',
  fieldAdded: '{field} ist hinzugefügt',
  fieldChanged: '{field} ist geändert',
} as const satisfies Translation<typeof text>
