import {
  DAY,
  type DurationMs,
  HOUR,
  MINUTE,
  type TimeRange,
  type TimestampMs,
  timestampMs,
} from '@senio/protocol'
import { clamp, randomAt, smoothNoise } from './noise.ts'
import { type SunPosition, sunAt } from './sun.ts'

/** The greenhouse at one instant. */
export interface GreenhouseState {
  readonly timestamp: TimestampMs
  /** Degrees Celsius. */
  readonly inside: number
  readonly outside: number
  /** Relative humidity inside, percent. */
  readonly humidity: number
  readonly doorOpen: boolean
  /** How far the roof's windows are open: 0 shut to 1. */
  readonly vent: number
  /** Share of the sky under clouds: 0 to 1. */
  readonly cloud: number
  readonly rain: boolean
  readonly sun: SunPosition
  /** 0 at night to 1 under a high sun in a clear sky. */
  readonly light: number
}

const STEP = MINUTE
/** The model starts this long before the range, so that it doesn't show where it started. */
const WARM_UP = DAY

/** How fast the inside follows the outside, shut; each open thing makes it faster. */
const COOLING_SHUT = 95 * MINUTE
/** Degrees an hour that full light adds. */
const GAIN_OF_LIGHT = 15
const HEATER_BELOW = 11
const HEATER_GAIN = 9
const VENT_OPENS_ABOVE = 24.5
const VENT_RANGE = 4

/**
 * A week, or any other range, of a greenhouse, once a minute, ascending. The same seed and minutes give the same
 * numbers.
 */
export function* simulate(range: TimeRange, seed: number): Generator<GreenhouseState> {
  const start = timestampMs(Math.ceil(range.from / STEP) * STEP)
  let inside = weatherAt(timestampMs(start - WARM_UP), seed).outside + 4
  let wet = 0
  for (let t = timestampMs(start - WARM_UP); t < range.to; t = timestampMs(t + STEP)) {
    const weather = weatherAt(t, seed)
    const doorOpen = isDoorOpen(t, seed)
    const vent = clamp((inside - VENT_OPENS_ABOVE) / VENT_RANGE, 0, 1)
    const hours = STEP / HOUR
    const exchange = (STEP / COOLING_SHUT) * (1 + 2.2 * vent + (doorOpen ? 1.6 : 0))
    inside += (weather.outside - inside) * exchange + weather.light * GAIN_OF_LIGHT * hours
    if (inside < HEATER_BELOW) inside += HEATER_GAIN * hours
    wet += (isWatered(t) ? 16 - wet : -wet) * 0.02
    if (t < start) continue
    const humidity = clamp(
      91 -
        1.75 * (inside - 9) -
        9 * vent -
        (doorOpen ? 5 : 0) +
        wet +
        5 * (smoothNoise(seed + 5, t / HOUR) - 0.5),
      22,
      99,
    )
    yield {
      timestamp: t,
      inside: inside + 0.15 * (randomAt(seed + 6, t / STEP) - 0.5),
      humidity,
      doorOpen,
      vent,
      ...weather,
    }
  }
}

function weatherAt(t: TimestampMs, seed: number) {
  const sun = sunAt(t)
  const season = -Math.cos((2 * Math.PI * ((t % (365.25 * DAY)) / DAY - 25)) / 365.25)
  const cloud = clamp(1.5 * smoothNoise(seed + 1, t / (7 * HOUR)) - 0.3, 0, 1)
  const high = Math.max(0, Math.sin((sun.elevation * Math.PI) / 180))
  // The warmest hour lags behind the highest sun by about two.
  const day = Math.cos(((sun.hourAngle - 35) * Math.PI) / 180)
  const outside =
    17 +
    7 * season +
    day * (4.6 - 2.4 * cloud) +
    5 * (smoothNoise(seed + 2, t / (1.7 * DAY)) - 0.5) +
    0.9 * (smoothNoise(seed + 3, t / (40 * MINUTE)) - 0.5)
  return { sun, cloud, rain: cloud > 0.86, outside, light: Math.min(1, high * 1.35) * (1 - 0.72 * cloud) }
}

/** Somebody comes in the morning, most noons and in the evening, for a few minutes each time. */
function isDoorOpen(t: TimestampMs, seed: number): boolean {
  const day = Math.floor(t / DAY)
  const hour = (t - day * DAY) / HOUR
  return VISITS.some(({ at, chance, longest }, visit) => {
    const place = day * VISITS.length + visit
    if (randomAt(seed + 10, place) > chance) return false
    const start = at + 1.2 * (randomAt(seed + 11, place) - 0.5)
    return hour >= start && hour < start + 0.1 + longest * randomAt(seed + 12, place)
  })
}

/** Hours of the day (UTC) and durations in hours. */
const VISITS = [
  { at: 7.6, chance: 0.95, longest: 0.5 },
  { at: 12.4, chance: 0.7, longest: 0.9 },
  { at: 15.2, chance: 0.35, longest: 0.4 },
  { at: 18.1, chance: 0.85, longest: 0.6 },
] as const

/** By a clock: twice a day for a quarter of an hour. */
function isWatered(t: TimestampMs): boolean {
  const hour = (t % DAY) / HOUR
  return (hour >= 7 && hour < 7.25) || (hour >= 19 && hour < 19.25)
}

/** Whether a state falls on a multiple of a duration since the epoch. */
export function isEvery(state: GreenhouseState, duration: DurationMs): boolean {
  return state.timestamp % duration === 0
}
