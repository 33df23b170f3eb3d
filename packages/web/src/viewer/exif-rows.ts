import type { ExifJson } from '@senio/protocol/api'
import { formatLocation } from '../fields/location/format-location.ts'
import { formatNumber } from '../fields/scalar/format-number.ts'
import { readerLocale } from '../i18n/language.ts'
import { text } from './texts.ts'

/** A fact as people read it. */
export interface ExifRow {
  readonly label: string
  readonly value: string
}

/** What a camera wrote, in the order in which photographers ask for it. */
export function exifRows(exif: ExifJson): readonly ExifRow[] {
  const { camera, lens, software, description, taken, flash, location } = exif
  const rows: readonly (readonly [label: string, value: string | null | undefined])[] = [
    [text('camera'), camera],
    [text('lens'), lens],
    [text('exposure'), joined([exposureOf(exif), apertureOf(exif), isoOf(exif), biasOf(exif)])],
    [text('focalLength'), focalLengthOf(exif)],
    [text('flash'), flash === undefined ? null : text(flash ? 'flashFired' : 'flashDidNot')],
    [text('cameraClock'), taken === undefined ? null : formatClock(taken)],
    [text('place'), location === undefined ? null : placeOf(location)],
    [text('software'), software],
    [text('description'), description],
  ]
  return rows.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]))
}

function joined(parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(' · ')
}

/** Photographers write short times as fractions: "1/125 s". */
function exposureOf({ exposure }: ExifJson): string | null {
  if (exposure === undefined) return null
  if (exposure >= 0.3) return `${formatNumber(exposure)}\u00a0s`
  return `1/${formatNumber(Math.round(1 / exposure))}\u00a0s`
}

function apertureOf({ aperture }: ExifJson): string | null {
  return aperture === undefined ? null : `f/${formatNumber(Math.round(aperture * 10) / 10)}`
}

function isoOf({ iso }: ExifJson): string | null {
  return iso === undefined ? null : `ISO\u00a0${String(Math.round(iso))}`
}

function biasOf({ bias }: ExifJson): string | null {
  if (bias === undefined || Math.abs(bias) < 0.05) return null
  return `${bias > 0 ? '+' : '−'}${formatNumber(Math.round(Math.abs(bias) * 10) / 10)}\u00a0EV`
}

function focalLengthOf({ focalLength, focalLength35 }: ExifJson): string | null {
  const millimetres = (length: number): string => `${formatNumber(Math.round(length * 10) / 10)}\u00a0mm`
  if (focalLength === undefined) {
    return focalLength35 === undefined ? null : text('equivalent', { length: millimetres(focalLength35) })
  }
  return focalLength35 === undefined || focalLength35 === focalLength
    ? millimetres(focalLength)
    : `${millimetres(focalLength)} (${text('equivalent', { length: millimetres(focalLength35) })})`
}

function placeOf(location: NonNullable<ExifJson['location']>): string {
  const { alt } = location
  const height = alt === undefined ? '' : `, ${formatNumber(Math.round(alt))}\u00a0m`
  return `${formatLocation(location)}${height}`
}

/** By the camera's own clock, whatever zone is shown. */
function formatClock(taken: string): string {
  const [, clock, offset = ''] = /^(.{19})(?:\.\d+)?(.*)$/.exec(taken) ?? []
  const t = Date.parse(`${clock ?? ''}Z`)
  if (Number.isNaN(t)) return taken
  const format = new Intl.DateTimeFormat(readerLocale(), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  })
  return offset === '' ? format.format(t) : `${format.format(t)} (UTC${offset})`
}
