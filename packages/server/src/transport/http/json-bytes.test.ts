import { expect, test } from 'vitest'
import { jsonBytes } from './json-bytes.ts'

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
  expect(jsonBytes(answer).toString()).toBe(
    '{"from":1.5,"fields":{"temp \\"Ä\\" 🌡":{"t":[1474638041614.14,2],"value":[0.5,-7],"unit":"°C"},' +
      '"empty":{"t":[],"value":[true,null,{"lat":1,"lon":2}]}},"none":{}}',
  )
})

test('an answer of any length is whole, and stays as it is when the next is written', () => {
  const numbers = Float64Array.from({ length: 100_000 }, (_, n) => n / 7)
  const long = jsonBytes({ long: numbers })
  const short = jsonBytes({ short: Float64Array.of(1) })
  jsonBytes({ short: Float64Array.of(2) })
  expect(JSON.parse(long.toString())).toEqual({ long: [...numbers] })
  expect(short.toString()).toBe('{"short":[1]}')
})
