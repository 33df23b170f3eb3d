import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_NUMBER_BYTES, writeNumber } from './number-text.ts'

function written(number: number): string {
  const bytes = Buffer.alloc(MAX_NUMBER_BYTES + 2, '#')
  const end = writeNumber(bytes, 1, number)
  expect(bytes[0]).toBe(0x23)
  expect(bytes.subarray(end).every((byte) => byte === 0x23)).toBe(true)
  return bytes.toString('latin1', 1, end)
}

test.each([
  0,
  -0,
  1,
  -1,
  9,
  10,
  0.1,
  -0.5,
  0.01,
  0.001,
  0.25,
  22.4,
  -273.15,
  1474638041614.14,
  9_999_999,
  10_000_000,
  10_000_000.5,
  1e15 - 1,
  1e15,
  1e15 + 1,
  999_999_999_999_999.9,
  123_456_789_012_345.6,
  Number.MAX_SAFE_INTEGER,
  1e21,
  1e-7,
  0.1 + 0.2,
  Number.MAX_VALUE,
  -Number.MIN_VALUE,
  -1.234_567_890_123_456_7e-308,
])('%s is written as JSON', (number) => {
  expect(written(number)).toBe(JSON.stringify(number))
})

test('every double is written as JSON.stringify does', () => {
  const doubles = fc.double({ noNaN: true, noDefaultInfinity: true })
  const decimals = fc
    .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 20 }))
    .map(([whole, places]) => whole / 10 ** places)
  const timestamps = fc.double({ min: 0, max: 1e13, noNaN: true })
  fc.assert(
    fc.property(fc.oneof(doubles, decimals, timestamps), (number) => {
      expect(written(number)).toBe(JSON.stringify(number))
    }),
    { numRuns: 5000 },
  )
})
