import readExif from 'exif-reader'
import { exifSegment } from './exif-segment.ts'

/**
 * When a camera took a JPEG, in ms since the epoch: DateTimeOriginal, with SubSecTimeOriginal, by
 * OffsetTimeOriginal or, without it, by this machine's time zone. null when the picture doesn't say.
 */
export function exifTime(file: Uint8Array): number | null {
  const photo = photoTags(file)
  const taken = photo?.DateTimeOriginal
  if (!(taken instanceof Date) || Number.isNaN(taken.getTime())) return null
  const fraction = Number(`0.${/^\d+/.exec(photo?.SubSecTimeOriginal ?? '')?.[0] ?? '0'}`)
  const offset = offsetMinutes(photo?.OffsetTimeOriginal)
  // exif-reader gives the digits of the clock as if they were UTC.
  const utc = offset === null ? localTime(taken) : taken.getTime() - offset * 60_000
  return Math.floor(utc / 1000) * 1000 + Math.round(fraction * 1000)
}

function photoTags(file: Uint8Array) {
  const segment = exifSegment(file)
  if (segment === null) return null
  try {
    return readExif(segment).Photo ?? null
  } catch {
    // A broken segment says nothing; the picture itself may well be good.
    return null
  }
}

/** `+02:00` → 120; null when absent or malformed. */
function offsetMinutes(text: string | undefined): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(text?.trim() ?? '') ?? []
  if (sign === undefined) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function localTime(clock: Date): number {
  return new Date(
    clock.getUTCFullYear(),
    clock.getUTCMonth(),
    clock.getUTCDate(),
    clock.getUTCHours(),
    clock.getUTCMinutes(),
    clock.getUTCSeconds(),
  ).getTime()
}
