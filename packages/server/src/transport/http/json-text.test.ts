import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

test('an object is written as JSON, doubles in bulk as arrays', () => {
  const answer = {
    from: 1.5,
    thinned: undefined,
    fields: {
      'temp "Ä" 🌡': { t: Float64Array.of(1474638041614.14, 2), value: Float64Array.of(0.5, -7), unit: '°C' },
      empty: { t: new Float64Array(0), value: [true, null, { lat: 1, lon: 2 }] },
    },
    none: {},
  }
  expect(JSON.parse(jsonText(answer))).toStrictEqual(JSON.parse(JSON.stringify(answer, listed)))
  expect(jsonText(answer)).toBe(
    '{"from":1.5,"fields":{"temp \\"\\u00c4\\" \\ud83c\\udf21":{"t":[1474638041614.14,2],"value":[0.5,-7],"unit":"\\u00b0C"},' +
      '"empty":{"t":[],"value":[true,null,{"lat":1,"lon":2}]}},"none":{}}',
  )
})

function listed(_key: string, value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value
}

test('an answer of any length is whole, and stays as it is when the next is written', () => {
  const numbers = Float64Array.from({ length: 100_000 }, (_, n) => n / 7)
  const long = jsonText({ long: numbers })
  const short = jsonText({ short: Float64Array.of(1) })
  jsonText({ short: Float64Array.of(2) })
  expect(JSON.parse(long)).toEqual({ long: [...numbers] })
  expect(short).toBe('{"short":[1]}')
})
