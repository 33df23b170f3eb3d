import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { expect, test } from 'vitest'
import { calendarOf, instantOf, instantOfWall, isZone, wallOf } from './zone.ts'

const berlin = 'Europe/Berlin'

test('reads calendar and clock of a zone', () => {
  const t = Date.parse('2026-12-31T23:30:00Z')
  expect(calendarOf(t, berlin)).toEqual({ year: 2027, month: 0, day: 1, hour: 0, weekday: 5 })
  expect(calendarOf(t, 'UTC')).toMatchObject({ year: 2026, month: 11, day: 31, hour: 23 })
  expect(wallOf(t, 'Asia/Kolkata') - t).toBe(5.5 * HOUR)
})

test('finds the instant that a clock shows, for summer, winter and years of two digits', () => {
  expect(new Date(instantOf(2026, 6, 1, 12, berlin)).toISOString()).toBe('2026-07-01T10:00:00.000Z')
  expect(new Date(instantOf(2026, 0, 1, 12, berlin)).toISOString()).toBe('2026-01-01T11:00:00.000Z')
  expect(new Date(instantOf(99, 0, 1, 0, 'UTC')).getUTCFullYear()).toBe(99)
})

test('days and months run on', () => {
  expect(instantOf(2026, 12, 1, 0, 'UTC')).toBe(Date.parse('2027-01-01T00:00:00Z'))
  expect(instantOf(2026, 2, 0, 0, 'UTC')).toBe(Date.parse('2026-02-28T00:00:00Z'))
  expect(instantOf(2026, 0, 1, 24, 'UTC')).toBe(Date.parse('2026-01-02T00:00:00Z'))
})

test('an hour that clocks leave out moves on, one that they repeat is the first', () => {
  const gap = Date.parse('2026-03-29T02:30:00Z')
  expect(new Date(instantOfWall(gap, berlin)).toISOString()).toBe('2026-03-29T01:30:00.000Z')
  const twice = Date.parse('2026-10-25T02:30:00Z')
  expect(new Date(instantOfWall(twice, berlin)).toISOString()).toBe('2026-10-25T00:30:00.000Z')
})

test('is exact to the fraction around a change of clocks', () => {
  const change = Date.parse('2026-03-29T01:00:00Z')
  expect(wallOf(change - 0.5, berlin) - (change - 0.5)).toBe(HOUR)
  expect(wallOf(change, berlin) - change).toBe(2 * HOUR)
  for (let t = change - DAY; t < change + DAY; t += 7 * MINUTE)
    expect(instantOfWall(wallOf(t, berlin), berlin)).toBe(t)
})

test('the zone of nobody is the browser’s', () => {
  const t = Date.parse('2026-07-01T10:00:00Z')
  expect(calendarOf(t, null).hour).toBe(new Date(t).getHours())
})

test('knows zones by name', () => {
  expect([isZone('UTC'), isZone(berlin), isZone('Mars/Olympus'), isZone(null)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
