import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { expect, test } from 'vitest'
import { formatDuration } from './format-time.ts'

test('a duration has its one or two largest units', () => {
  const durations = [250, 59_900, 90 * MINUTE, 2 * HOUR, DAY, 3 * DAY + 5 * HOUR, 40 * DAY, 800 * DAY]
  expect(durations.map(formatDuration)).toEqual([
    '250 ms',
    '59 s',
    '1 h 30 min',
    '2 h',
    '1 day',
    '3 days 5 h',
    '40 days',
    '2 years',
  ])
})
