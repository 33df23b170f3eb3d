import { DAY, durationMs, HOUR, SECOND, timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketStart, chooseBucket, countBuckets } from './bucket-ladder.ts'

const start = 1_474_588_800_000
const rangeOf = (from: number, length: number) => ({
  from: timestampMs(from),
  to: timestampMs(from + length),
})

describe('buckets of a graph', () => {
  test.each([
    [1000, 1000, 1],
    [1001, 1000, 2],
    [HOUR, 1000, 5 * SECOND],
    [DAY, 1000, 120 * SECOND],
    [365 * DAY, 1000, 12 * HOUR],
    [3650 * DAY, 1000, 4 * DAY],
    [365 * DAY, 1, 2048 * DAY],
  ])('for %d ms in %d points are %d ms wide', (length, points, width) => {
    expect(chooseBucket(rangeOf(start, length), points)).toBe(width)
  })

  test('are never more than asked for, and one step narrower would be', () => {
    const timestamp = fc.double({ min: 0, max: 2e12, noNaN: true })
    fc.assert(
      fc.property(timestamp, timestamp, fc.integer({ min: 1, max: 10_000 }), (a, b, points) => {
        const range = { from: timestampMs(Math.min(a, b)), to: timestampMs(Math.max(a, b)) }
        expect(countBuckets(range, chooseBucket(range, points))).toBeLessThanOrEqual(points)
      }),
    )
  })

  test('start at multiples of their width and hold their timestamp, to the last digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e13, max: 1e13, noNaN: true }),
        fc.constantFrom(1, 2, 5, 30 * SECOND, 7 * DAY, 14 * DAY).map(durationMs),
        (timestamp, width) => {
          const bucket = bucketStart(timestamp, width)
          expect(Math.abs(bucket % width)).toBe(0)
          expect(bucket).toBeLessThanOrEqual(timestamp)
          expect(bucket + width).toBeGreaterThan(timestamp)
        },
      ),
    )
  })

  test('hold the last instant before the next one', () => {
    const justBefore = 1_474_638_042_000 - 2 ** -12
    expect(bucketStart(justBefore, durationMs(1000))).toBe(1_474_638_041_000)
  })

  test('are counted as the range touches them', () => {
    const count = (from: number, length: number) => countBuckets(rangeOf(start + from, length), SECOND)
    expect(count(0, 0)).toBe(0)
    expect(count(0, 1000)).toBe(1)
    expect(count(1, 1000)).toBe(2)
    expect(count(999, 1)).toBe(1)
    expect(count(999.5, 1)).toBe(2)
  })
})
