import type { Extent } from './range.ts'

/** From the oldest to the newest value of all sensors. */
export function extentOf(sensors: readonly Extent[]): Extent {
  const firsts = sensors.flatMap(({ first }) => first ?? [])
  const lasts = sensors.flatMap(({ last }) => last ?? [])
  return {
    first: firsts.length === 0 ? null : Math.min(...firsts),
    last: lasts.length === 0 ? null : Math.max(...lasts),
  }
}
