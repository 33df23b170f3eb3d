import { expect, test } from 'vitest'
import { formatChange, formatNumber, formatScalar, formatTicks } from './format-number.ts'
import { shownUnit } from './units.ts'

/** Group and decimal signs differ from locale to locale: only digits count here. */
const digits = (text: string) => text.replaceAll(/[^0-9E-]/g, '')

test('shows about four digits', () => {
  expect([22, 22.0625, 1013.25, 3.14159, 48_211.5].map(formatNumber).map(digits)).toEqual([
    '22',
    '2206',
    '10133',
    '314',
    '48212',
  ])
})

test('very large and very small numbers stay short', () => {
  for (const value of [1e308, -1e308, 5e-324, 1.5e13, 1e-7])
    expect(formatNumber(value).length).toBeLessThan(12)
  expect(formatNumber(0)).toBe('0')
})

test('units are shown by their signs', () => {
  expect(shownUnit('celsius')).toBe('°C')
  expect(shownUnit('relative %')).toBe('%')
  expect(shownUnit('bananas')).toBe('bananas')
  expect(formatScalar(20, 'celsius')).toBe('20\u00a0°C')
  expect(formatScalar(20, '')).toBe('20')
})

test('the labels of an axis have the digits that its step needs', () => {
  expect(formatTicks([0, 0.5, 1], 0.5).map(digits)).toEqual(['00', '05', '10'])
  expect(formatTicks([0, 20, 40], 20)).toEqual(['0', '20', '40'])
  expect(formatTicks([-0, 1], 1)[0]).toBe('0')
})

test.each([
  [[101_324.8, 101_324.9, 101_325], 0.1],
  [[123_450_000, 123_500_000, 123_550_000], 50_000],
  [[123_456_788, 123_456_789], 1],
  [[-1.234e-5, -1.232e-5, -1.23e-5], 2e-8],
  [[5_000_000_000, 5_000_000_200], 200],
  [[999_000, 1_000_000, 1_001_000], 1000],
])('labels of %j are told apart', (values, step) => {
  const labels = formatTicks(values, step)
  expect(new Set(labels).size).toBe(values.length)
  for (const label of labels) expect(label.length).toBeLessThanOrEqual(12)
})

test('a change has a sign', () => {
  const changes = [2.5, -2.5, 0].map((value) => formatChange(value, 'celsius'))
  expect(changes).toEqual(['+2.5\u00a0°C', '−2.5\u00a0°C', '±0\u00a0°C'])
})
