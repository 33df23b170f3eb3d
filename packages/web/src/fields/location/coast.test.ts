import { expect, test } from 'vitest'
import { coastsOf } from './coast.ts'

test('an island is one coast', () => {
  const island = [
    { lat: 0, lon: 10 },
    { lat: 5, lon: 12 },
    { lat: 0, lon: 14 },
    { lat: 0, lon: 10 },
  ]
  expect(coastsOf(island)).toHaveLength(1)
})

test('an island on the 180th meridian stands on both sides, and streaks across no map', () => {
  const fiji = [
    { lat: -17, lon: 179 },
    { lat: -17, lon: -179 },
    { lat: -16, lon: -179 },
    { lat: -16, lon: 179 },
    { lat: -17, lon: 179 },
  ]
  const coasts = coastsOf(fiji)
  expect(coasts).toHaveLength(2)
  for (const { box } of coasts) expect(box.right - box.left).toBeLessThan(0.01)
})

test('a continent around the pole reaches the edge of the plane', () => {
  const antarctica = [-180, -90, 0, 90, 180].map((lon) => ({ lat: -70, lon }))
  const [coast] = coastsOf([...antarctica.slice(0, 4), { lat: -70, lon: 179 }])
  expect(coast?.box.bottom).toBe(1)
})
