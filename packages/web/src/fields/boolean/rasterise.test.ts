import { expect, test } from 'vitest'
import { rasterise } from './rasterise.ts'

const same = (t: number) => t

test('long states are runs of columns', () => {
  const shades = rasterise(
    [
      { from: 0, to: 10, on: 1 },
      { from: 10, to: 30, on: 0 },
    ],
    20,
    same,
  )
  expect(shades).toEqual([
    { from: 0, to: 10, on: 1 },
    { from: 10, to: 20, on: 0 },
  ])
})

test('short states in one column become its share', () => {
  const spans = [
    { from: 0, to: 0.25, on: 1 },
    { from: 0.25, to: 1, on: 0 },
  ]
  expect(rasterise(spans, 4, same)).toEqual([{ from: 0, to: 1, on: 0.25 }])
})

test('the shortest state leaves a trace', () => {
  const shades = rasterise(
    [
      { from: 0, to: 5, on: 0 },
      { from: 5, to: 5.001, on: 1 },
      { from: 5.001, to: 9, on: 0 },
    ],
    9,
    same,
  )
  expect(shades[1]?.on).toBeGreaterThan(0.1)
})

test('what is unknown is left out, what is out of sight cut off', () => {
  expect(
    rasterise(
      [
        { from: -5, to: 1, on: 1 },
        { from: 3, to: 99, on: 1 },
      ],
      5,
      same,
    ),
  ).toEqual([
    { from: 0, to: 1, on: 1 },
    { from: 3, to: 5, on: 1 },
  ])
})
