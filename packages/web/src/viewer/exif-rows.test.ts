import { describe, expect, it } from 'vitest'
import { exifRows } from './exif-rows.ts'

function values(exif: Parameters<typeof exifRows>[0]): readonly string[] {
  return exifRows(exif).map(({ value }) => value.replaceAll(/[\u00a0\u202f]/g, ' '))
}

describe('the facts of a picture', () => {
  it('read as photographers write them', () => {
    expect(values({ exposure: 1 / 125, aperture: 1.8, iso: 400, bias: -1 / 3 })).toEqual([
      '1/125 s · f/1.8 · ISO 400 · −0.3 EV',
    ])
    expect(values({ exposure: 2.5 })).toEqual(['2.5 s'])
    expect(values({ focalLength: 4.74, focalLength35: 27 })).toEqual(['4.7 mm (27 mm equivalent)'])
  })

  it("keep to the camera's clock", () => {
    const [local] = values({ taken: '2026-11-23T14:05:06.25' })
    expect(local).toMatch(/2026.*(2:05:06|14:05:06)/)
    expect(values({ taken: '2026-11-23T14:05:06+02:00' })[0]).toContain('(UTC+02:00)')
  })

  it('are those that are known', () => {
    expect(exifRows({})).toEqual([])
    expect(values({ camera: 'imx708', flash: false })).toHaveLength(2)
    expect(values({ location: { lat: -33.51, lon: 151.2, alt: 12.4 } })).toEqual([
      '33.51000° S, 151.20000° E, 12 m',
    ])
  })
})
