import { type ExifJson, MAX_EXIF_TEXT } from '@senio/protocol/api'
import { openTiff, type TiffDirectory } from './tiff-directory.ts'

/** Tags of EXIF (CIPA DC-008). */
const IMAGE = {
  description: 0x010e,
  make: 0x010f,
  model: 0x0110,
  software: 0x0131,
  exif: 0x8769,
  gps: 0x8825,
}
const EXIF = {
  exposure: 0x829a,
  aperture: 0x829d,
  iso: 0x8827,
  taken: 0x9003,
  offset: 0x9011,
  fraction: 0x9291,
  bias: 0x9204,
  flash: 0x9209,
  focalLength: 0x920a,
  focalLength35: 0xa405,
  lens: 0xa434,
}
const GPS = { latSign: 1, lat: 2, lonSign: 3, lon: 4, altSign: 5, alt: 6 }

/** The facts in an EXIF block; what it doesn't say, or what makes no sense, is absent. Never throws. */
export function readExif(block: Uint8Array): ExifJson {
  const image = openTiff(block)
  if (image === null) return {}
  const exif = image.directory(IMAGE.exif)
  const gps = image.directory(IMAGE.gps)
  const [flash] = exif?.numbers(EXIF.flash) ?? []
  const facts = {
    camera: cut(cameraOf(image.text(IMAGE.make), image.text(IMAGE.model))),
    lens: cut(exif?.text(EXIF.lens) ?? null),
    software: cut(image.text(IMAGE.software)),
    description: cut(image.text(IMAGE.description)),
    taken: exif === null ? null : takenOf(exif),
    exposure: positive(exif, EXIF.exposure),
    aperture: positive(exif, EXIF.aperture),
    iso: positive(exif, EXIF.iso),
    bias: exif?.numbers(EXIF.bias)[0] ?? null,
    focalLength: positive(exif, EXIF.focalLength),
    focalLength35: positive(exif, EXIF.focalLength35),
    // Its lowest bit says whether it fired.
    flash: flash === undefined ? null : (flash & 1) === 1,
    location: gps === null ? null : locationOf(gps),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
}

/** "Canon" and "Canon EOS R5" are one name. */
function cameraOf(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return make ?? model
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`
}

function cut(text: string | null): string | null {
  return text === null ? null : text.slice(0, MAX_EXIF_TEXT).replace(/[\uD800-\uDBFF]$/, '')
}

/** 0 says that it isn't known. */
function positive(directory: TiffDirectory | null, tag: number): number | null {
  const [value] = directory?.numbers(tag) ?? []
  return value === undefined || value <= 0 ? null : value
}

function takenOf(exif: TiffDirectory): string | null {
  const [, year, month, day, time] =
    /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(exif.text(EXIF.taken) ?? '') ?? []
  const clock = `${year}-${month}-${day}T${time}`
  if (Number.isNaN(Date.parse(`${clock}Z`))) return null
  const [fraction] = /^\d{1,9}$/.exec(exif.text(EXIF.fraction) ?? '') ?? []
  const [offset] = /^[+-]\d\d:\d\d$/.exec(exif.text(EXIF.offset) ?? '') ?? []
  return `${clock}${fraction === undefined ? '' : `.${fraction}`}${offset ?? ''}`
}

function locationOf(gps: TiffDirectory): ExifJson['location'] | null {
  const lat = degreesOf(gps.numbers(GPS.lat), gps.text(GPS.latSign), ['N', 'S'])
  const lon = degreesOf(gps.numbers(GPS.lon), gps.text(GPS.lonSign), ['E', 'W'])
  if (lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  const [alt] = gps.numbers(GPS.alt)
  const isBelowSea = gps.numbers(GPS.altSign)[0] === 1
  return { lat, lon, ...(alt === undefined ? {} : { alt: isBelowSea ? -alt : alt }) }
}

/** Degrees, minutes and seconds with the letter of their half of the globe. */
function degreesOf(
  [degrees, minutes = 0, seconds = 0]: readonly number[],
  letter: string | null,
  [positiveLetter, negativeLetter]: readonly [string, string],
): number | null {
  if (degrees === undefined || (letter !== positiveLetter && letter !== negativeLetter)) return null
  const value = degrees + minutes / 60 + seconds / 3600
  return letter === negativeLetter ? -value : value
}
