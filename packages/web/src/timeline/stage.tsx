import { useState } from 'react'
import { createSignal } from './signal.ts'
import { TimelineContext, useTimeline } from './timeline-context.ts'
import type { Timeline } from './timeline.ts'
import { Tracks, type TracksProps } from './tracks.tsx'

/** Tracks with a plot of their own width, on the range and the cursor of the view. */
export function Stage({ children, className }: TracksProps) {
  const timeline = useTimeline()
  const [own] = useState((): Timeline => ({ ...timeline, plot: createSignal({ left: 0, width: 0 }) }))
  return (
    <TimelineContext value={own}>
      <Tracks className={className}>{children}</Tracks>
    </TimelineContext>
  )
}
