import { DAY, HOUR, timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import { rangeOf } from '../range.ts'
import { centreAt, gripAt, moveGrip, overviewDomain, windowBox } from './overview-window.ts'

const domain = rangeOf(0, 1000 * DAY)
const plot = { left: 50, width: 1000 }

test('spans the whole history, and now where it is followed', () => {
  const shown = rangeOf(90, 120)
  expect(overviewDomain({ first: 0, last: 100 }, shown, false).to).toBeLessThan(110)
  expect(overviewDomain({ first: 0, last: 100 }, shown, true).to).toBeGreaterThan(120)
  expect(overviewDomain({ first: null, last: null }, shown, false).from).toBeLessThanOrEqual(90)
})

test('the window lies where the range is, cut off at the ends', () => {
  expect(windowBox(rangeOf(100 * DAY, 300 * DAY), domain, plot)).toEqual({ left: 150, right: 350 })
  expect(windowBox(rangeOf(-100 * DAY, 2000 * DAY), domain, plot)).toEqual({ left: 50, right: 1050 })
})

test('an hour of years is still seen, at the edges, too', () => {
  for (const t of [0, 500 * DAY, 1000 * DAY]) {
    const { left, right } = windowBox(rangeOf(t, t + HOUR), domain, plot)
    expect(right - left).toBe(8)
    expect(left).toBeGreaterThanOrEqual(50)
    expect(right).toBeLessThanOrEqual(1050)
  }
})

test('grips lie at both ends and leave the middle of the narrowest window', () => {
  const narrow = { left: 100, right: 108 }
  expect([94, 104, 115, 140].map((x) => gripAt(x, narrow, 12))).toEqual(['start', 'body', 'end', 'outside'])
})

test('a moved end changes the length, a moved body does not', () => {
  const range = rangeOf(10 * DAY, 20 * DAY)
  expect(moveGrip(range, 'body', DAY)).toEqual(rangeOf(11 * DAY, 21 * DAY))
  expect(moveGrip(range, 'start', -1 * DAY)).toEqual(rangeOf(9 * DAY, 20 * DAY))
  expect(moveGrip(range, 'end', DAY)).toEqual(rangeOf(10 * DAY, 21 * DAY))
  const { from, to } = moveGrip(range, 'end', -100 * DAY)
  expect(from).toBe(timestampMs(10 * DAY))
  expect(to).toBeGreaterThan(from)
})

test('jumps to an instant within the history', () => {
  const range = rangeOf(0, 10 * DAY)
  expect(centreAt(range, 500 * DAY, domain)).toEqual(rangeOf(495 * DAY, 505 * DAY))
  expect(centreAt(range, 999 * DAY, domain).to).toBe(1000 * DAY)
})
