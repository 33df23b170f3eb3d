import { expect, test } from 'vitest'
import { fromMinute, toMinute } from './time-of-day.ts'

test('a minute of the day survives the input', () => {
  for (const minute of [0, 9 * 60 + 5, 23 * 60 + 59]) expect(toMinute(fromMinute(minute))).toBe(minute)
  expect(fromMinute(8 * 60 + 5)).toBe('08:05')
  expect([toMinute(''), toMinute('8')]).toEqual([null, null])
})
