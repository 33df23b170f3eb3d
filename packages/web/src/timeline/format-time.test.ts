import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { expect, test } from 'vitest'
import { formatDuration } from './format-time.ts'

test('a duration has its one or two largest units', () => {
  const days = [1, 3 + 5 / 24, 40, 91, 364, 365, 366, 400, 730, 800].map((count) => count * DAY)
  const durations = [250, 59_900, 90 * MINUTE, 2 * HOUR, ...days]
  expect(durations.map(formatDuration)).toEqual([
    '250 ms',
    '59 s',
    '1 h 30 min',
    '2 h',
    '1 day',
    '3 days 5 h',
    '40 days',
    '3 months',
    '1 year',
    '1 year',
    '1 year',
    '13 months',
    '2 years',
    '2 years',
  ])
})
