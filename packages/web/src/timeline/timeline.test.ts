import { DAY, HOUR, MINUTE, timestampMs } from '@senio/protocol'
import { describe, expect, test } from 'vitest'
import { rangeOf, spanOf } from './range.ts'
import { createTimeline, type Move } from './timeline.ts'

const noon = new Date(2026, 10, 23, 12).getTime()

function timeline() {
  let now = noon
  const shown = createTimeline({
    now: () => now,
    extent: { first: timestampMs(noon - 30 * DAY), last: timestampMs(noon) },
    choice: { kind: 'following', span: 'hour' },
    pinned: null,
  })
  return {
    shown,
    wait: (ms: number) => {
      now += ms
      shown.tick()
    },
  }
}

describe('following', () => {
  test('moves on with the clock', () => {
    const { shown, wait } = timeline()
    wait(5 * MINUTE)
    expect(shown.range.get()).toEqual(rangeOf(noon - 55 * MINUTE, noon + 5 * MINUTE))
  })
  test('ends when somebody zooms or pans: what they look at stays', () => {
    const { shown, wait } = timeline()
    shown.panBy(-60_000)
    const before = shown.range.get()
    wait(HOUR)
    expect(shown.range.get()).toBe(before)
    expect(shown.isFollowing()).toBe(false)
  })
  test('comes back by paging to now, and by a button', () => {
    const { shown } = timeline()
    shown.turn(-1)
    expect(shown.isFollowing()).toBe(false)
    shown.turn(1)
    expect(shown.choice.get()).toEqual({ kind: 'following', span: 'hour' })
    shown.zoomBy(20)
    shown.toNow()
    expect(shown.choice.get()).toEqual({ kind: 'following', span: 'day' })
  })
})

describe('the cursor', () => {
  test('is under the pointer, and afterwards where it was pinned', () => {
    const { shown } = timeline()
    shown.pin(noon - 10)
    shown.hover(noon - 20)
    expect(shown.cursor.get()).toBe(noon - 20)
    shown.hover(null)
    expect(shown.cursor.get()).toBe(noon - 10)
    shown.pin(null)
    expect(shown.cursor.get()).toBeNull()
  })
  test('goes where a key sends it, whatever pointer rests on a graph, until that moves', () => {
    const { shown } = timeline()
    shown.hover(noon - 20)
    shown.pin(noon - 10)
    expect(shown.cursor.get()).toBe(noon - 10)
    shown.hover(noon - 21)
    expect(shown.cursor.get()).toBe(noon - 21)
  })
  test('is the anchor of a zoom while it is in sight', () => {
    const { shown } = timeline()
    shown.pin(noon - 15 * MINUTE)
    shown.zoomBy(0.5)
    expect(shown.range.get()).toEqual(rangeOf(noon - 37.5 * MINUTE, noon - 7.5 * MINUTE))
    shown.pin(noon - DAY)
    shown.zoomBy(0.5)
    expect(spanOf(shown.range.get())).toBe(15 * MINUTE)
  })
  test('without one, the newest of the range is looked at', () => {
    const { shown } = timeline()
    expect(shown.instant()).toBe(noon)
    shown.zoomTo(rangeOf(noon - HOUR, noon + HOUR))
    expect(shown.instant()).toBe(noon)
    shown.zoomTo(rangeOf(noon - 3 * HOUR, noon - 2 * HOUR))
    expect(shown.instant()).toBe(noon - 2 * HOUR)
  })
})

test('tells the history of steps and gestures, not of the clock or of what the history itself restored', () => {
  const { shown, wait } = timeline()
  const moves: Move[] = []
  shown.onMove((move) => moves.push(move))
  wait(HOUR)
  shown.restore({ choice: { kind: 'all' }, pinned: timestampMs(noon) })
  shown.hover(noon)
  expect(moves).toEqual([])
  expect(shown.cursor.get()).toBe(noon)
  shown.turn(-1)
  shown.panBy(5)
  shown.pin(noon)
  expect(moves).toEqual(['step', 'gesture', 'gesture'])
})
