import { expect, test } from 'vitest'
import { fit, fitScale, isZoomed, within, zoomAround } from './zoom.ts'

const picture = { width: 4000, height: 2000 }
const stage = { width: 1000, height: 800 }

test('a picture fits by its longer side', () => {
  expect(fitScale(picture, stage)).toBe(0.25)
  expect(isZoomed(fit(picture, stage), picture, stage)).toBe(false)
})

test('zooming keeps the point under the pointer', () => {
  const zoomed = zoomAround(fit(picture, stage), 1, { x: 100, y: 0 }, picture, stage)
  // The point that was 100 right of the middle: 400 pixels of the picture.
  expect(zoomed.x + 400 * zoomed.scale).toBeCloseTo(100)
  expect(isZoomed(zoomed, picture, stage)).toBe(true)
})

test('zooming out ends at the whole picture, zooming in at large pixels', () => {
  const whole = fit(picture, stage)
  expect(zoomAround(whole, 0.001, { x: 5, y: 5 }, picture, stage)).toEqual(whole)
  expect(zoomAround(whole, 1e9, { x: 0, y: 0 }, picture, stage).scale).toBe(16)
})

test('edges of the picture leave no gap', () => {
  expect(within({ scale: 1, x: 9999, y: -9999 }, picture, stage)).toEqual({ scale: 1, x: 1500, y: -600 })
  expect(within({ scale: 0.25, x: 50, y: 50 }, picture, stage)).toEqual({ scale: 0.25, x: 0, y: 0 })
})
