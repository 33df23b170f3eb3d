import { DAY, timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import { rangeOf } from '../range.ts'
import { createTimeline } from '../timeline.ts'
import { pressOverviewKey } from './overview-keys.ts'

const domain = rangeOf(0, 1000 * DAY)

function press(grip: 'start' | 'end' | 'body', key: string, shift = false) {
  const timeline = createTimeline({
    now: () => 1000 * DAY,
    extent: { first: 0, last: 1000 * DAY },
    choice: { kind: 'fixed', from: timestampMs(100 * DAY), to: timestampMs(110 * DAY) },
    pinned: null,
  })
  const isMeant = pressOverviewKey(timeline, domain, grip, key, shift)
  const { from, to } = timeline.range.get()
  return isMeant ? [from / DAY, to / DAY] : null
}

test('arrows move the window or one of its ends', () => {
  expect(press('body', 'ArrowRight')).toEqual([101, 111])
  expect(press('body', 'ArrowLeft', true)).toEqual([90, 100])
  expect(press('start', 'ArrowLeft')).toEqual([99, 110])
  expect(press('end', 'ArrowRight', true)).toEqual([100, 120])
})

test('a far step halves the window instead of closing it', () => {
  expect(press('end', 'ArrowLeft', true)).toEqual([100, 105])
  expect(press('start', 'ArrowRight', true)).toEqual([105, 110])
})

test('Home and End lead to the ends of the history', () => {
  expect(press('body', 'Home')).toEqual([0, 10])
  expect(press('body', 'End')).toEqual([990, 1000])
})

test('other keys are left to the browser', () => {
  expect(press('body', 'x')).toBeNull()
})
