import type { Client } from '@senio/client'
import type { InstantJson } from '@senio/protocol/api'
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { SECOND, type TimestampMs } from '@senio/protocol'
import { useClient } from '../api/client-context.ts'
import { isValidAt } from './instant.ts'
import { useTagKey } from '../tags/use-tag.ts'
import type { Timeline } from './timeline.ts'
import { useTimeline } from './timeline-context.ts'
import { useHeld } from './use-held.ts'
import { useRested, useSignal, useThrottled } from './use-signal.ts'
import { viewKeys } from './view-keys.ts'

/** How closely panels follow the cursor with what is loaded. */
const FOLLOW_EVERY_MS = 60
/** While it runs along by itself nobody reads that fast. */
const PLAYING_EVERY_MS = 1000
/** The server is asked where the cursor sets out and where it rests, not on the way. */
const REST_MS = 160

export interface Instant {
  readonly t: TimestampMs
  /** Whether there is a cursor, or the newest values of the range are meant. */
  readonly isCursor: boolean
  /**
   * Every field's value at or before an instant: `t`, or, while the cursor moves and the answer is on its way, one
   * where it was.
   */
  readonly values: InstantJson | undefined
}

/** Every field's value at the instant looked at, the server's word. Panels show what they have loaded meanwhile. */
export function useInstant(sensor: string): Instant {
  const client = useClient()
  const tag = useTagKey()
  const timeline = useTimeline()
  const looked = useThrottled(
    [timeline.cursor, timeline.range],
    () => lookedAt(timeline),
    useSignal(timeline.playing) ? PLAYING_EVERY_MS : FOLLOW_EVERY_MS,
  )
  const { t, isNow } = useRestedInstant()
  const latest = useQuery(latestQuery(client, sensor, tag))
  // Without a cursor in a range that follows now, live values say it all.
  const known = latest.data !== undefined && (isNow || isValidAt(latest.data, t)) ? latest.data : undefined
  const at = useQuery({
    ...instantQuery(client, sensor, t, tag),
    // What is on its way may say it all.
    enabled: known === undefined && !latest.isLoading,
    placeholderData: keepPreviousData,
  })
  return { t: looked.t, isCursor: looked.isCursor, values: known ?? at.data }
}

export interface Instants extends Pick<Instant, 't' | 'isCursor'> {
  /** By sensor; absent while nothing is known. */
  readonly values: Readonly<Record<string, InstantJson>>
}

/** The same for several sensors, where the cursor sets out and rests. */
export function useInstants(sensors: readonly string[]): Instants {
  const client = useClient()
  const tag = useTagKey()
  const { t, isCursor, isNow } = useRestedInstant()
  const latest = useQueries({ queries: sensors.map((sensor) => latestQuery(client, sensor, tag)) })
  const known = latest.map(({ data }) =>
    data !== undefined && (isNow || isValidAt(data, t)) ? data : undefined,
  )
  const at = useQueries({
    queries: sensors.map((sensor, index) => ({
      ...instantQuery(client, sensor, t, tag),
      enabled: known[index] === undefined && latest[index]?.isLoading === false,
    })),
  })
  const values = useHeld(
    Object.fromEntries(sensors.map((sensor, index) => [sensor, known[index] ?? at[index]?.data])),
  )
  return { t, isCursor, values }
}

function latestQuery(client: Client, sensor: string, tag: readonly string[]) {
  return queryOptions({
    queryKey: [...viewKeys.latest(sensor), ...tag],
    queryFn: ({ signal }) => client.latest(sensor, { signal }),
  })
}

function instantQuery(client: Client, sensor: string, t: number, tag: readonly string[]) {
  return queryOptions({
    queryKey: [...viewKeys.instant(sensor), t, ...tag],
    queryFn: ({ signal }) => client.at(sensor, t, { signal }),
    gcTime: 20 * SECOND,
  })
}

/** The instant that the server is asked about. */
function useRestedInstant() {
  const timeline = useTimeline()
  return useRested([timeline.cursor, timeline.range], () => lookedAt(timeline), REST_MS)
}

function lookedAt(timeline: Timeline) {
  return {
    t: timeline.instant(),
    isCursor: timeline.cursor.get() !== null,
    isNow: timeline.cursor.get() === null && timeline.isFollowing(),
  }
}
