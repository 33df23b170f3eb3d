import { type FieldTypeName, timestampMs } from '@senio/protocol'
import { checkMeasurement } from '../../domain/ingest/check-measurement.ts'
import { fieldIndex } from '../../domain/ingest/field-index.ts'
import { parseStrictJson } from '../../transport/http/body/strict-json.ts'
import type { AccountId } from '../../storage/account-store.ts'
import type { FieldId, Sensor, SensorId } from '../../storage/sensor-store.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

const NOW = timestampMs(1_700_000_000_000)

const types: readonly FieldTypeName[] = ['scalar', 'boolean', 'location', 'image']
const sensor: Sensor = {
  id: 1 as SensorId,
  owner: 1 as AccountId,
  name: 'rpi',
  created: NOW,
  fields: types.map((type, i) => ({
    id: (i + 1) as FieldId,
    name: type === 'boolean' ? 'Tür' : type,
    type,
    unit: '',
  })),
}
const index = fieldIndex(sensor)

function parse(bytes: Uint8Array): Outcome<unknown> {
  try {
    return { value: parseStrictJson(bytes) }
  } catch (error) {
    return refusal(error)
  }
}

function check(json: unknown): Outcome<unknown> {
  try {
    const { timestamp, values, tags } = checkMeasurement(json, index, {
      now: NOW,
      stamp: null,
      needsData: true,
    })
    const data = Object.fromEntries(values.map(({ field, value }) => [field.name, value]))
    return { value: { timestamp, data, tags } }
  } catch (error) {
    return refusal(error)
  }
}

/** What is taken is what JSON.parse makes of it, and comes out of it as it went in. */
export const publishJson: FuzzTarget = {
  name: 'publish-json',
  modules: ['/domain/ingest/', '/transport/http/body/', '/protocol/src/'],
  dictionary: [
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    '\\"',
    '"timestamp":',
    '"data":',
    '"tags":',
    '"scalar":',
    '"boolean":',
    '"Tür":',
    '"Tu\u0308r":',
    '"location":',
    '"image":',
    '"lat":',
    '"lon":',
    '"alt":',
    '"accuracy":',
    '"__proto__":',
    '"constructor":',
    'null',
    'true',
    'false',
    '1e999',
    '-0',
    '1e308',
    '0.1',
    '90',
    '-180',
    '1650000000000',
    '1650000000',
    '\u00ef\u00bb\u00bf',
    '\xff',
    '\xc3\xa4',
    ' ',
    '\n',
    '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
  ],
  seeds: async () =>
    [
      '{"timestamp":1650000000000.5,"data":{"scalar":22.5,"Tür":true,"location":{"lat":1,"lon":2,"alt":3,"accuracy":4}},"tags":["a"]}',
      '{"tags":{"a":1,"b":"c","d":false},"data":{"scalar":-1e-3},"timestamp":1e12}',
      '{"timestamp":1650000000000,"data":{"image":"x"},"tags":null}',
      '\uFEFF{"timestamp":"x","data":[],"tags":[1]}',
      'null',
    ].map((text) => Buffer.from(text)),
  run(input) {
    const parsed = parse(input)
    if (!('value' in parsed)) return
    const reference: unknown = JSON.parse(
      Buffer.from(input)
        .toString()
        .replace(/^\uFEFF/, ''),
    )
    promiseEqual(parsed.value, reference, 'what is taken is what JSON.parse makes of it')
    const checked = check(parsed.value)
    if (!('value' in checked)) return
    const text = JSON.stringify(checked.value)
    const again = check(parseStrictJson(Buffer.from(text)))
    promise(
      'value' in again && JSON.stringify(again.value) === text,
      'what is answered can be published again',
    )
    promise(({} as Record<string, unknown>)['scalar'] === undefined, 'prototypes are untouched')
  },
}
