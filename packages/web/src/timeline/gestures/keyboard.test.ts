import { HOUR, timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import { rangeOf } from '../range.ts'
import { createTimeline } from '../timeline.ts'
import { pressKey } from './keyboard.ts'

const noon = new Date(2026, 10, 23, 12).getTime()
const last = rangeOf(noon - HOUR, noon)

function timeline() {
  return createTimeline({
    now: () => noon + 24 * HOUR,
    extent: { first: null, last: null },
    choice: { kind: 'fixed', ...last },
    pinned: timestampMs(noon - HOUR / 2),
  })
}

test('arrows move the cursor, the range follows at its edge', () => {
  const shown = timeline()
  expect(pressKey(shown, 'ArrowLeft', true)).toBe(true)
  expect(shown.pinned.get()).toBe(noon - HOUR / 2 - HOUR / 20)
  expect(shown.range.get()).toEqual(last)
  pressKey(shown, 'End', false)
  pressKey(shown, 'ArrowRight', true)
  expect(shown.pinned.get()).toBe(noon + HOUR / 20)
  expect(shown.range.get().to).toBe(noon + HOUR / 20)
})

test('plus and minus zoom around the cursor', () => {
  const shown = timeline()
  pressKey(shown, '+', false)
  expect(shown.range.get()).toEqual(rangeOf(noon - 0.75 * HOUR, noon - 0.25 * HOUR))
  pressKey(shown, '-', false)
  expect(shown.range.get()).toEqual(last)
})

test('Escape lets go of the cursor, and afterwards belongs to others', () => {
  const shown = timeline()
  expect(pressKey(shown, 'Escape', false)).toBe(true)
  expect(shown.pinned.get()).toBeNull()
  expect(pressKey(shown, 'Escape', false)).toBe(false)
  expect(pressKey(shown, 'x', false)).toBe(false)
})
