import { timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sliceOf, sliceStart } from './slices.ts'

test('a timestamp is in the slice that starts at or before it, and the next starts after it', () => {
  const timestamp = fc.double({ min: 1e12, max: 2e12, noNaN: true })
  fc.assert(
    fc.property(timestamp, timestamp, timestamp, fc.integer({ min: 1, max: 1000 }), (a, b, c, count) => {
      const [from = a, at = b, to = c] = [a, b, c].toSorted((x, y) => x - y)
      fc.pre(at < to)
      const range = { from: timestampMs(from), to: timestampMs(to) }
      const slice = sliceOf(range, at, count)
      expect(sliceStart(range, slice, count)).toBeLessThanOrEqual(at)
      expect(sliceStart(range, slice + 1, count)).toBeGreaterThan(at)
    }),
  )
})
