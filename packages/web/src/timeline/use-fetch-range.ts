import type { TimeRange } from '@senio/protocol'
import { useMemo } from 'react'
import { fetchRange } from './range.ts'
import type { Timeline } from './timeline.ts'
import { useThrottled } from './use-signal.ts'

/** Follows gestures closely enough to fill in what comes into sight. */
const FETCH_EVERY_MS = 160

/** What to ask for; the same object while it stays the same. */
export function useFetchRange(timeline: Timeline): TimeRange {
  const shown = useThrottled([timeline.range], timeline.range.get, FETCH_EVERY_MS)
  const { from, to } = fetchRange(shown)
  return useMemo(() => ({ from, to }), [from, to])
}
