import type { Translation } from '../i18n/message.ts'
import type { text } from './texts.ts'

export const sensorsInGerman = {
  field: 'Feld',
  needsName: 'Geben Sie dem Feld einen Namen.',
  nameTaken: 'Ein Feld namens „{name}“ gibt es schon.',
  type: 'Typ',
  unit: 'Einheit',
  cannotShow: 'Das Bild lässt sich nicht anzeigen',
  newestFrom: 'Neuestes von {camera}',
  createFirst: 'Ihr erster Sensor',
  newSensor: 'Neuer Sensor',
  firstHelp:
    'Ein Sensor ist alles, was sendet: ein Raspberry Pi mit Kamera, ein ESP32, ein Skript. Es dauert eine Minute: Namen geben, sagen, was er misst, einen Befehl kopieren.',
  waiting: 'Wartet auf die erste Messung',
  settingsOf: 'Einstellungen von {sensor}',
  view: 'Ansicht',
  connect: 'Verbinden',
  noSuchSensor: 'Diesen Sensor gibt es nicht',
  renamedOrDeleted: 'Vielleicht wurde er umbenannt oder gelöscht.',
  loadingSensor: 'Sensor wird geladen',
  searchSensors: 'Sensoren suchen',
  loadingSensors: 'Sensoren werden geladen',
  noneContains: 'Kein Sensorname enthält „{search}“',
  showAll: 'Alle Sensoren zeigen',
  more: 'und {count} weitere',
} as const satisfies Translation<typeof text>
