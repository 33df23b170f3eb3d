import { useSyncExternalStore } from 'react'
import type { Timeline } from '../../../timeline/timeline.ts'
import { createSignal, type Signal } from '../../../timeline/signal.ts'
import { useTimeline } from '../../../timeline/timeline-context.ts'
import type { Theatre } from './theatre.ts'

/** One a view: its controls open it, its pictures watch it. */
const stages = new WeakMap<Timeline, Signal<Theatre | null>>()

/** Where the view's theatre is told; null while its controls aren't there. */
export function stageOf(timeline: Timeline): Signal<Theatre | null> {
  const stage = stages.get(timeline) ?? createSignal<Theatre | null>(null)
  stages.set(timeline, stage)
  return stage
}

export function useTheatre(): Theatre | null {
  const stage = stageOf(useTimeline())
  return useSyncExternalStore(stage.subscribe, stage.get)
}
