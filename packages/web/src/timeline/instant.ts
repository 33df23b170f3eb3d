import type { InstantJson, LiveEventJson } from '@senio/protocol/api'

/** The newest values with those of a measurement that has just been stored; late ones change nothing. */
export function mergeLatest(latest: InstantJson, { timestamp, data }: LiveEventJson): InstantJson {
  const fields = { ...latest.fields }
  for (const [name, value] of Object.entries(data)) {
    if (timestamp >= (fields[name]?.timestamp ?? Number.NEGATIVE_INFINITY))
      fields[name] = { timestamp, value }
  }
  return { t: Math.max(latest.t, timestamp), fields }
}

/** Whether everything in it was already there at `t`: then it is true at `t`, too, if no newer value came since. */
export function isValidAt(latest: InstantJson, t: number): boolean {
  return Object.values(latest.fields).every(({ timestamp }) => timestamp <= t)
}
