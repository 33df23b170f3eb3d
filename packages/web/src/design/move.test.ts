import { describe, expect, it } from 'vitest'
import { moved, positionAt } from './move.ts'

describe('moving an item', () => {
  it('puts it before or behind the others', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  })

  it('stops at the ends', () => {
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a'])
  })
})

describe('the position of a dragged row', () => {
  const middles = [10, 30, 50]

  it('is its own while it has passed no other row', () => {
    expect(positionAt(middles, 0, 25)).toBe(0)
    expect(positionAt(middles, 2, 35)).toBe(2)
  })

  it('is behind the rows that it has passed', () => {
    expect(positionAt(middles, 0, 31)).toBe(1)
    expect(positionAt(middles, 0, 99)).toBe(2)
    expect(positionAt(middles, 2, 5)).toBe(0)
  })
})
