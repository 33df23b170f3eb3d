import { expect, it } from 'vitest'
import { drawStrip } from './draw-strip.ts'

const strip = Uint8Array.from([0, 36, 72, 108].flatMap((grey) => [grey, grey, grey, 255]))

it.each([
  [8, [0, 0, 36, 36, 72, 72, 108, 108]],
  [4, [0, 36, 72, 108]],
  [3, [9, 54, 99]],
  [2, [18, 90]],
  [1, [54]],
])('a strip is stretched or shrunk by areas to %d pixels', (height, expected) => {
  const image = { pixels: new Uint8Array(3 * height * 4), width: 3, height }
  drawStrip(image, 1, strip)
  const reds = (x: number) => Array.from({ length: height }, (_, y) => image.pixels[(y * 3 + x) * 4])
  expect(reds(1)).toEqual(expected)
  expect([...reds(0), ...reds(2)].every((red) => red === 0)).toBe(true)
})
