import { describe, expect, test } from 'vitest'
import { clipRing } from './clip-ring.ts'
import { formatDegrees, formatMetres, gridOf, scaleBar } from './map-grid.ts'
import { boxOf, fitBox, metresPerPixel, panMap, refit, toMapPixel, visibleBox, zoomMap } from './map-view.ts'
import { project, unproject } from './projection.ts'

const berlin = { lat: 52.52, lon: 13.405 }
const size = { width: 400, height: 240 }

describe('projection', () => {
  test('goes there and back', () => {
    for (const place of [berlin, { lat: -33.9, lon: 151.2 }, { lat: 0, lon: 0 }, { lat: 84, lon: -179.9 }]) {
      const back = unproject(project(place))
      expect(back.lat).toBeCloseTo(place.lat, 9)
      expect(back.lon).toBeCloseTo(place.lon, 9)
    }
  })
  test('keeps the poles on the plane', () => {
    expect(project({ lat: 90, lon: 0 }).y).toBeCloseTo(0)
    expect(project({ lat: -90, lon: 0 }).y).toBeCloseTo(1)
  })
})

describe('the view', () => {
  const garden = [berlin, { lat: 52.5203, lon: 13.4056 }].map(project)
  test('holds the whole track', () => {
    const view = fitBox(boxOf(garden), size)
    for (const point of garden) {
      const { x, y } = toMapPixel(point, view, size)
      expect(x).toBeGreaterThan(30)
      expect(x).toBeLessThan(370)
      expect(y).toBeGreaterThan(30)
      expect(y).toBeLessThan(210)
    }
  })
  test('of a single place is a garden, not a grain of sand', () => {
    const view = fitBox(boxOf([project(berlin)]), size)
    expect(metresPerPixel(view) * size.height).toBeGreaterThan(30)
    expect(metresPerPixel(view) * size.height).toBeLessThan(100)
  })
  test('without places is the world', () => {
    expect(visibleBox(fitBox(null, size), size).right).toBeGreaterThanOrEqual(1)
  })
  test('stays while a live track goes on inside it, and follows one that leaves', () => {
    const view = fitBox(boxOf(garden), size)
    const inside = boxOf([...garden, project({ lat: 52.5201, lon: 13.4053 })])
    const outside = boxOf([...garden, project({ lat: 52.53, lon: 13.4 })])
    expect(refit(view, inside, size)).toBe(view)
    expect(refit(view, outside, size)).not.toBe(view)
    const world = fitBox(null, size)
    expect(refit(world, null, size)).toBe(world)
  })
  test('zooms around a point and pans by pixels', () => {
    const view = fitBox(boxOf(garden), size)
    const corner = { x: 20, y: 30 }
    const place = toMapPixel(project(berlin), zoomMap(view, 2, corner, size), size)
    const before = toMapPixel(project(berlin), view, size)
    expect(place.x - corner.x).toBeCloseTo((before.x - corner.x) * 2)
    const moved = toMapPixel(project(berlin), panMap(view, 10, -5), size)
    expect([moved.x - before.x, moved.y - before.y]).toEqual([expect.closeTo(10), expect.closeTo(-5)])
  })
})

describe('clipping', () => {
  const box = { left: 0, top: 0, right: 10, bottom: 10 }
  test('cuts a ring at the edges of the box', () => {
    const ring = [
      { x: 5, y: 5 },
      { x: 1e6, y: 5 },
      { x: 1e6, y: 8 },
      { x: 5, y: 8 },
    ]
    expect(boxOf(clipRing(ring, box))).toEqual({ left: 5, top: 5, right: 10, bottom: 8 })
  })
  test('a ring around the box becomes the box, one beside it nothing', () => {
    const around = [
      { x: -50, y: -50 },
      { x: 50, y: -50 },
      { x: 50, y: 50 },
      { x: -50, y: 50 },
    ]
    expect(boxOf(clipRing(around, box))).toEqual(box)
    expect(
      clipRing(
        around.map(({ x, y }) => ({ x: x + 200, y })),
        box,
      ),
    ).toEqual([])
  })
})

describe('graticule and scale', () => {
  test('has a few lines at round degrees, whatever the scale', () => {
    for (let scale = 300; scale < 4e9; scale *= 3) {
      const { meridians, parallels } = gridOf(visibleBox({ center: project(berlin), scale }, size))
      expect(meridians.length).toBeGreaterThanOrEqual(1)
      expect(meridians.length).toBeLessThanOrEqual(9)
      expect(parallels.length).toBeLessThanOrEqual(9)
    }
  })
  test('labels have the digits that the step needs', () => {
    expect(formatDegrees(13.405, 0.005, 'lon')).toMatch(/^13\D405°\u00a0E$/)
    expect(formatDegrees(-30, 10, 'lat')).toBe('30°\u00a0S')
    expect(formatDegrees(0, 10, 'lat')).toBe('0°')
  })
  test('the bar is a round length that fits', () => {
    expect(scaleBar(0.37, 100)).toEqual({ metres: 20, width: expect.closeTo(54.05, 1) })
    expect([0.1, 20, 5000].map(formatMetres)).toEqual(['10 cm', '20 m', '5 km'])
  })
})
