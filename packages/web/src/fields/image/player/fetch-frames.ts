import type { Client } from '@senio/client'
import type { TimeRange } from '@senio/protocol'
import type { ImageJson } from '@senio/protocol/api'
import { contains } from '../../../timeline/range.ts'
import { mergePictures } from '../film-slots.ts'
import { onlyLight } from './fetch-light.ts'
import { type Pick, picked, slicesFor } from './pick.ts'

/**
 * The pictures of a field that are played, ascending: all of a range, or, of a range with thousands, some evenly spaced
 * in time.
 */
export async function fetchFrames(
  client: Client,
  place: { readonly sensor: string; readonly field: string },
  range: TimeRange,
  pick: Pick,
  signal: AbortSignal,
): Promise<readonly ImageJson[]> {
  const parts = await Promise.all(
    slicesFor(range, pick).map(async (slices) => {
      const { from, to, count } = slices
      const query = { field: place.field, from, to, count }
      const { images } = await client.images(place.sensor, query, { signal })
      return { slices, pictures: images }
    }),
  )
  const pictures =
    pick.kind === 'daylight'
      ? await onlyLight(client, place, parts, signal)
      : mergePictures(
          parts.flatMap(({ pictures: some }) => some),
          [],
        )
  return picked(
    pictures.filter(({ timestamp }) => contains(range, timestamp)),
    pick,
  )
}
