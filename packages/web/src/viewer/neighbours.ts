import type { Client } from '@senio/client'
import type { ImageJson, InstantJson } from '@senio/protocol/api'

/** A picture, what was measured at its moment, and where the field goes on in both directions. */
export interface Opened {
  readonly picture: ImageJson
  readonly values: InstantJson
  /** ms since the epoch; null at the first picture. */
  readonly previous: number | null
  /** ms since the epoch; null at the newest picture. */
  readonly next: number | null
}

/** The picture of a field at or before an instant; null when there is none. */
export async function openPicture(
  client: Client,
  sensor: string,
  field: string,
  t: number,
  signal: AbortSignal,
): Promise<Opened | null> {
  const at = await client.at(sensor, t, { signal })
  const timestamp = at.fields[field]?.timestamp
  if (timestamp === undefined) return null
  const [{ images }, before, values] = await Promise.all([
    client.images(sensor, { field, from: timestamp, limit: 2 }, { signal }),
    client.at(sensor, justBefore(timestamp), { signal }),
    timestamp === t ? at : client.at(sensor, timestamp, { signal }),
  ])
  const [picture, next] = images
  if (picture === undefined) return null
  return {
    picture,
    values,
    previous: before.fields[field]?.timestamp ?? null,
    next: next?.timestamp ?? null,
  }
}

/** The largest IEEE double below a positive one: timestamps are exact to the last digit. */
export function justBefore(t: number): number {
  const bits = new BigInt64Array(1)
  const double = new Float64Array(bits.buffer)
  double[0] = t
  bits[0] = (bits[0] ?? 0n) - 1n
  return double[0]
}
