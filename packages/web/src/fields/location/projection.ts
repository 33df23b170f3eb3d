import type { LocationValue } from '@senio/protocol'

/** A place on the plane of Web Mercator (EPSG:3857, scaled): x eastwards and y southwards, the world being 0 to 1. */
export interface MapPoint {
  readonly x: number
  readonly y: number
}

/** Beyond, Mercator's plane would be higher than wide. */
const LARGEST_LATITUDE = 85.05112878
/** Metres around the equator, WGS 84. */
export const EARTH_GIRTH = 40_075_016.686

export function project({ lat, lon }: Pick<LocationValue, 'lat' | 'lon'>): MapPoint {
  const clamped = Math.min(LARGEST_LATITUDE, Math.max(-LARGEST_LATITUDE, lat))
  const angle = (clamped * Math.PI) / 180
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + angle / 2)) / (2 * Math.PI) }
}

export function unproject({ x, y }: MapPoint): { readonly lat: number; readonly lon: number } {
  const lat = (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI
  return { lat, lon: (x - 0.5) * 360 }
}

/** Metres on the ground per unit of the plane, at a height of the plane. */
export function metresPerUnit(y: number): number {
  const { lat } = unproject({ x: 0.5, y })
  return EARTH_GIRTH * Math.cos((lat * Math.PI) / 180)
}
