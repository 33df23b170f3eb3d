import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { expect, test } from 'vitest'
import { formatDuration } from './format-time.ts'

/** Words differ from locale to locale: only digits count here. */
const digits = (ms: number) => formatDuration(ms).replaceAll(/\D+/g, ' ').trim()

test('a duration has its one or two largest units', () => {
  expect(digits(59_900)).toBe('59')
  expect(digits(90 * MINUTE)).toBe('1 30')
  expect(digits(2 * HOUR)).toBe('2')
  expect(digits(3 * DAY + 5 * HOUR)).toBe('3 5')
  expect(digits(40 * DAY)).toBe('40')
  expect(digits(800 * DAY)).toBe('2')
})
