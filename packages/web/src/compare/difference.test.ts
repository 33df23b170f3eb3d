import { expect, test } from 'vitest'
import { difference } from './difference.ts'

const pixels = (...values: number[]) => new Uint8ClampedArray(values)

test('the same is black, what differs is as bright as it differs, and clipped', () => {
  const into = new Uint8ClampedArray(8)
  const share = difference(
    pixels(10, 20, 30, 255, 0, 0, 0, 255),
    pixels(10, 20, 30, 255, 20, 200, 0, 255),
    into,
  )
  expect([...into]).toEqual([0, 0, 0, 255, 60, 255, 0, 255])
  expect(share).toBe(0.5)
})

test('noise is no change', () => {
  expect(difference(pixels(10, 20, 30, 255), pixels(14, 16, 33, 255), new Uint8ClampedArray(4))).toBe(0)
  expect(difference(pixels(), pixels(), pixels())).toBe(0)
})
