import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('create', {
  createNew: 'Create new sensor',
  createLead: 'Name the thing that publishes, and what it measures. Both can be changed later.',
  example: 'greenhouse',
  nameHelp: 'It becomes a part of the address that the device publishes to.',
  needsField: 'A sensor has at least one field. Add one.',
  create: 'Create the sensor',
  needsName: 'Give the sensor a name.',
  fields: 'Fields',
  fieldName: 'Name of the field',
  remove: 'Remove {name}',
  addField: 'Add a field',
  theField: 'the field',
})
