import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LEVELS, levelFor, startAt, widthOf } from './levels.ts'
import { copyOf, join, meanOf, type Rollup, rollupOf } from './rollup.ts'
import { durationMs } from '@senio/protocol'

const values = fc.array(fc.tuple(fc.nat({ max: 1e6 }), fc.double({ noNaN: true, noDefaultInfinity: true })), {
  minLength: 1,
  maxLength: 30,
})

function fold(entries: readonly (readonly [number, number])[], isState: boolean): Rollup {
  const [first, ...rest] = entries.map(([t, value]) => rollupOf(t, value, isState))
  if (first === undefined) throw new Error('empty')
  const all = copyOf(first)
  for (const next of rest) join(all, next)
  return all
}

it('keeps count, extremes and a finite mean of any values', () => {
  fc.assert(
    fc.property(values, (entries) => {
      const numbers = entries.map(([, value]) => value)
      const all = fold(entries, false)
      expect(all).toMatchObject({
        count: numbers.length,
        min: Math.min(...numbers),
        max: Math.max(...numbers),
      })
      expect(Number.isFinite(meanOf(all))).toBe(true)
    }),
  )
})

it('means what the values mean', () => {
  expect(
    meanOf(
      fold(
        [
          [1, 1],
          [2, 2],
          [3, 6],
        ],
        false,
      ),
    ),
  ).toBe(3)
  expect(
    meanOf(
      fold(
        [
          [1, 1e308],
          [2, 1e308],
        ],
        false,
      ),
    ),
  ).toBe(1e308)
})

it('joins neighbours to what their values give together, states included', () => {
  const states = fc.uniqueArray(fc.tuple(fc.nat({ max: 1e6 }), fc.nat({ max: 1 })), {
    minLength: 2,
    selector: ([t]) => t,
  })
  fc.assert(
    fc.property(states, fc.nat(), (unsorted, cut) => {
      const entries = unsorted.toSorted(([a], [b]) => a - b)
      const at = 1 + (cut % (entries.length - 1))
      const joined = fold(entries.slice(0, at), true)
      join(joined, fold(entries.slice(at), true))
      expect(joined).toEqual(fold(entries, true))
    }),
  )
})

it('knows how long a state was on', () => {
  const { state } = fold(
    [
      [100, 1],
      [150, 0],
      [200, 1],
      [220, 1],
      [300, 0],
    ],
    true,
  )
  expect(state).toEqual({ first: 100, last: 300, value: 0, on: 50 + 100 })
})

it('has levels made of whole buckets of the level below', () => {
  for (const [level, width] of LEVELS.slice(1).entries()) expect(width % widthOf(level)).toBe(0)
  expect(startAt(0, 1234.5)).toBe(1000)
})

it('finds the coarsest level that a graph bucket is made of', () => {
  expect(levelFor(durationMs(500))).toBe(-1)
  expect(widthOf(levelFor(durationMs(30_000)))).toBe(10_000)
  expect(widthOf(levelFor(durationMs(12 * 3_600_000)))).toBe(6 * 3_600_000)
})
