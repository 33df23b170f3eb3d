import { DAY, HOUR, MINUTE, SECOND } from '@senio/protocol'
import { expect, it } from 'vitest'
import { ago } from './ago.ts'

const now = Date.UTC(2026, 10, 23, 12)

it.each([
  [2 * SECOND, 'just now'],
  [12 * SECOND, '12 s ago'],
  [59.9 * SECOND, '59 s ago'],
  [3 * MINUTE + 59 * SECOND, '3 min ago'],
  [5 * HOUR, '5 h ago'],
  [DAY, '1 day ago'],
  [29 * DAY, '29 days ago'],
])('tells %d ms as %j', (age, words) => {
  expect(ago(now - age, now)).toBe(words)
})

it('gives the date after a month', () => {
  expect(ago(Date.UTC(2025, 5, 15, 12), now)).toContain('2025')
})

it('says that an instant lies ahead, as the clock of a device may be', () => {
  expect(ago(now + 3 * MINUTE, now)).toBe('in 3 min')
})
