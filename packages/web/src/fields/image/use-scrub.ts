import type { ImageJson } from '@senio/protocol/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useClient } from '../../api/client-context.ts'
import { useTagKey } from '../../tags/use-tag.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignal, useThrottled } from '../../timeline/use-signal.ts'
import { viewKeys } from '../../timeline/view-keys.ts'
import { filmGrid, gridRange } from './film-slots.ts'

/** A picture for about every third pixel: the hand is no steadier. CSS pixels. */
const SLOT_WIDTH = 6
const FETCH_EVERY_MS = 200

/**
 * Pictures of a field so close in time that the cursor is followed without asking where it is, ascending; empty until
 * somebody moves it.
 */
export function useScrub(sensor: string, field: string): readonly ImageJson[] {
  const client = useClient()
  const tag = useTagKey()
  const timeline = useTimeline()
  const { width } = useSignal(timeline.plot)
  const range = useThrottled([timeline.range], timeline.range.get, FETCH_EVERY_MS)
  const isMoved = useThrottled([timeline.cursor], () => timeline.cursor.get() !== null, FETCH_EVERY_MS)
  const grid = filmGrid(range, width, SLOT_WIDTH)
  const { from, count } = grid
  const { data } = useQuery({
    queryKey: [...viewKeys.images(sensor), field, 'scrub', { from, count }, ...tag],
    queryFn: async ({ signal }) => {
      const { images } = await client.images(sensor, { field, ...gridRange(grid), count }, { signal })
      return images
    },
    enabled: width > 0 && isMoved,
    placeholderData: keepPreviousData,
  })
  return data ?? []
}
