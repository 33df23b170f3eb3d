import type { Client } from '@senio/client'
import type { TimeRange } from '@senio/protocol'
import type { ImageJson } from '@senio/protocol/api'
import { contains } from '../../../timeline/range.ts'
import { mergePictures } from '../film-slots.ts'
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
  const answers = await Promise.all(
    slicesFor(range, pick).map(({ from, to, count }) =>
      client.images(place.sensor, { field: place.field, from, to, count }, { signal }),
    ),
  )
  const pictures = mergePictures(
    answers.flatMap(({ images }) => images),
    [],
  )
  return picked(
    pictures.filter(({ timestamp }) => contains(range, timestamp)),
    pick,
  )
}
