import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('sensors', {
  field: 'Field',
  needsName: 'Give the field a name.',
  nameTaken: 'There is a field named “{name}” already.',
  type: 'Type',
  unit: 'Unit',
  cannotShow: "The picture can't be shown",
  newestFrom: 'Newest from {camera}',
  createFirst: 'Create your first sensor',
  newSensor: 'New sensor',
  firstHelp:
    'A sensor is anything that publishes: a Raspberry Pi with a camera, an ESP32, a script. It takes a minute: name it, say what it measures, copy one command.',
  waiting: 'Waiting for its first measurement',
  settingsOf: 'Settings of {sensor}',
  view: 'View',
  connect: 'Connect',
  noSuchSensor: 'There is no such sensor',
  renamedOrDeleted: 'It may have been renamed or deleted.',
  loadingSensor: 'Loading the sensor',
  searchSensors: 'Search sensors',
  loadingSensors: 'Loading the sensors',
  noneContains: "No sensor's name contains “{search}”",
  showAll: 'Show all sensors',
  more: 'and {count} more',
})
