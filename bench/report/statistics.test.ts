import { describe, expect, it } from 'vitest'
import { median, percentile, ratiosByRound, spread } from './statistics.ts'

describe('percentile', () => {
  it('is the value at the nearest rank', () => {
    const sorted = Float64Array.from({ length: 200 }, (_, index) => index + 1)
    expect([50, 99, 100].map((percent) => percentile(sorted, percent))).toEqual([100, 198, 200])
  })

  it('is the least value for 0 percent and the only one for any', () => {
    expect(percentile([7, 9], 0)).toBe(7)
    expect(percentile([7], 99)).toBe(7)
  })

  it('is NaN of nothing', () => {
    expect(percentile([], 50)).toBeNaN()
  })
})

describe('median', () => {
  it('is the middle one, or the mean of the middle two', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([1, 10, 2, 4])).toBe(3)
  })

  it('is NaN of nothing', () => {
    expect(median([])).toBeNaN()
  })
})

it('spreads from the least to the greatest', () => {
  expect(spread([3, 1, 2])).toEqual([1, 3])
})

describe('ratiosByRound', () => {
  it('compares what was measured in the same round', () => {
    expect(ratiosByRound([10, 30], [5, 10])).toEqual([2, 3])
  })

  it('leaves out rounds that one of them lacks', () => {
    expect(ratiosByRound([10, 30], [5])).toEqual([2])
    expect(ratiosByRound([10], [Number.NaN])).toEqual([])
    expect(ratiosByRound([10], [])).toEqual([])
  })
})
