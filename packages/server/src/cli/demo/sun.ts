import { DAY, HOUR, type TimestampMs } from '@senio/protocol'

/** Where the greenhouse stands: Almería, where a coast is white with them. WGS 84 degrees; metres. */
export const PLACE = { lat: 36.8381, lon: -2.4597, alt: 27, accuracy: 5 } as const

const DEGREE = Math.PI / 180

export interface SunPosition {
  /** Degrees above the horizon; negative at night. */
  readonly elevation: number
  /** Degrees west of the meridian, -180 to 180: negative before noon. */
  readonly hourAngle: number
}

/** The sun over the greenhouse, to about a degree. */
export function sunAt(t: TimestampMs): SunPosition {
  const year = new Date(t).getUTCFullYear()
  const dayOfYear = (t - Date.UTC(year, 0, 1)) / DAY
  const declination = -23.44 * DEGREE * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365.25)
  const hours = (t % DAY) / HOUR + PLACE.lon / 15
  const hourAngle = (((hours - 12) * 15 + 540) % 360) - 180
  const latitude = PLACE.lat * DEGREE
  const sine =
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle * DEGREE)
  return { elevation: Math.asin(sine) / DEGREE, hourAngle }
}
