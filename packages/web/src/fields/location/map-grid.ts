import type { Box } from './map-view.ts'
import { project, unproject } from './projection.ts'
import { readerLocale } from '../../i18n/language.ts'

/** A line of the graticule. */
export interface GridLine {
  /** Degrees. */
  readonly degrees: number
  /** Its place on the plane: x of a meridian, y of a parallel. */
  readonly at: number
}

export interface Grid {
  /** Degrees between lines. */
  readonly step: number
  readonly meridians: readonly GridLine[]
  readonly parallels: readonly GridLine[]
}

const WHOLE_STEPS = [1, 2, 5, 10, 15, 30, 45, 90]
const LINES = 3

/** Meridians and parallels of a part of the plane: a few of each, at round degrees. */
export function gridOf(box: Box): Grid {
  const west = unproject({ x: box.left, y: box.top }).lon
  const east = unproject({ x: box.right, y: box.top }).lon
  const north = unproject({ x: box.left, y: box.top }).lat
  const south = unproject({ x: box.left, y: box.bottom }).lat
  const step = roundStep((east - west) / LINES)
  return {
    step,
    meridians: multiples(west, east, step, 180).map((lon) => ({
      degrees: lon,
      at: project({ lat: 0, lon }).x,
    })),
    parallels: multiples(south, north, step, 85).map((lat) => ({
      degrees: lat,
      at: project({ lat, lon: 0 }).y,
    })),
  }
}

function roundStep(least: number): number {
  if (least > 1) return WHOLE_STEPS.find((step) => step >= least) ?? 90
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least) ?? 10
  return factor * power
}

function multiples(from: number, to: number, step: number, limit: number): number[] {
  const first = Math.ceil(Math.max(-limit, from) / step)
  const last = Math.floor(Math.min(limit, to) / step)
  return Array.from({ length: Math.max(0, Math.min(50, last - first + 1)) }, (_, i) => (first + i) * step)
}

/** Degrees with the digits that a step needs, for example "13.405° E". */
export function formatDegrees(degrees: number, step: number, axis: 'lat' | 'lon'): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
  const number = new Intl.NumberFormat(readerLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Math.abs(degrees))
  const side = { lat: ['N', 'S'], lon: ['E', 'W'] }[axis][degrees < 0 ? 1 : 0]
  return Math.abs(degrees) < step / 2 ? '0°' : `${number}°\u00a0${side}`
}

/** A round length in metres that is no wider than `room` CSS pixels, and its width. */
export function scaleBar(
  metresPerPixel: number,
  room: number,
): { readonly metres: number; readonly width: number } {
  const most = metresPerPixel * room
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = ([5, 2, 1].find((factor) => factor * power <= most) ?? 1) * power
  return { metres, width: metres / metresPerPixel }
}

/** Metres for people: "20 m", "5 km", "10 cm". */
export function formatMetres(metres: number): string {
  const [value, unit] =
    metres >= 1000
      ? ([metres / 1000, 'kilometer'] as const)
      : metres < 1
        ? ([metres * 100, 'centimeter'] as const)
        : ([metres, 'meter'] as const)
  return new Intl.NumberFormat(readerLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(value)
}
