import { createContext, useContext } from 'react'
import type { Timeline } from './timeline.ts'

export const TimelineContext = createContext<Timeline | null>(null)

/** The range and cursor of the view that a panel belongs to. It never changes: subscribe to its signals. */
export function useTimeline(): Timeline {
  const timeline = useContext(TimelineContext)
  if (timeline === null) throw new TypeError('useTimeline needs a TimelineContext above it')
  return timeline
}
