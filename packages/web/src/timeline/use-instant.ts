import type { InstantJson } from '@senio/protocol/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { SECOND, type TimestampMs } from '@senio/protocol'
import { useClient } from '../api/client-context.ts'
import { isValidAt } from './instant.ts'
import { useTimeline } from './timeline-context.ts'
import { useSignal, useThrottled } from './use-signal.ts'
import { viewKeys } from './view-keys.ts'

/** How closely panels follow the cursor. */
const FOLLOW_EVERY_MS = 90
/** While it runs along by itself nobody reads that fast. */
const PLAYING_EVERY_MS = 1000

export interface Instant {
  readonly t: TimestampMs
  /** Whether there is a cursor, or the newest values of the range are meant. */
  readonly isCursor: boolean
  /** Every field's value at or before `t`; of the instant before while the answer is on its way. */
  readonly values: InstantJson | undefined
}

/** Every field's value at the instant looked at, the server's word. */
export function useInstant(sensor: string): Instant {
  const timeline = useTimeline()
  const client = useClient()
  const { t, isCursor, isNow } = useThrottled(
    [timeline.cursor, timeline.range],
    () => ({
      t: timeline.instant(),
      isCursor: timeline.cursor.get() !== null,
      isNow: timeline.cursor.get() === null && timeline.isFollowing(),
    }),
    useSignal(timeline.playing) ? PLAYING_EVERY_MS : FOLLOW_EVERY_MS,
  )
  const latest = useQuery({
    queryKey: viewKeys.latest(sensor),
    queryFn: ({ signal }) => client.latest(sensor, { signal }),
  })
  // Without a cursor in a range that follows now, live values say it all.
  const known = latest.data !== undefined && (isNow || isValidAt(latest.data, t)) ? latest.data : undefined
  const at = useQuery({
    queryKey: [...viewKeys.instant(sensor), t],
    queryFn: ({ signal }) => client.at(sensor, t, { signal }),
    // What is on its way may say it all.
    enabled: known === undefined && !latest.isLoading,
    placeholderData: keepPreviousData,
    gcTime: 20 * SECOND,
  })
  return { t, isCursor, values: known ?? at.data }
}
