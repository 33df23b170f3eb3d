import { type FieldFormat, notParsed, parsed } from './field-format.ts'

/** A finite IEEE double in the field's unit. */
export type ScalarValue = number

export const scalarFormat: FieldFormat<ScalarValue> = {
  name: 'scalar',
  description: 'A number, for example a temperature',
  hasUnit: true,
  unitSuggestions: [
    'celsius',
    'fahrenheit',
    'relative %',
    '%',
    'hPa',
    'lux',
    'ppm',
    'µg/m³',
    'V',
    'A',
    'W',
    'kWh',
    'm/s',
    'km/h',
    'mm',
    'cm',
    'm',
    'L',
    'L/min',
    'kg',
    'dB',
    'dBm',
    'pH',
    'mS/cm',
    's',
  ],
  isFile: false,
  summary: 'statistics',
  example: 22.5,
  parse(json) {
    return typeof json === 'number' && Number.isFinite(json)
      ? parsed(json)
      : notParsed('must be a finite number, without quotes')
  },
}
