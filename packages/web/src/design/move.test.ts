import { describe, expect, it } from 'vitest'
import { moved, positionAt, scrollSpeed, shifts } from './move.ts'

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

it('makes room for a row of another height', () => {
  const rows = [
    { top: 0, height: 40 },
    { top: 50, height: 100 },
    { top: 160, height: 20 },
  ]
  expect(shifts(rows, 0, 2)).toEqual([140, -50, -50])
  expect(shifts(rows, 2, 0)).toEqual([30, 30, -160])
  expect(shifts(rows, 1, 1)).toEqual([0, 0, 0])
  expect(shifts([], 0, 0)).toEqual([])
})

it('scrolls the faster the closer a drag comes to an edge', () => {
  expect(scrollSpeed(400, 800, 50)).toBe(0)
  expect(scrollSpeed(25, 800, 50)).toBe(-0.5)
  expect(scrollSpeed(900, 800, 50)).toBe(1)
})
