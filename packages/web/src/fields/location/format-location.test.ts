import { expect, test } from 'vitest'
import { formatLocation } from './format-location.ts'

test('says which half of the earth', () => {
  expect(formatLocation({ lat: -33.9, lon: 18.4 })).toMatch(/33\D90000°\u00a0S, 18\D40000°\u00a0E/)
  expect(formatLocation({ lat: 0, lon: -0.5 })).toMatch(/N, 0\D50000°\u00a0W/)
})
