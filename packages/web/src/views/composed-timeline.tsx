import { ProblemError } from '@senio/client'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { sensorQuery } from '../api/queries.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { type ComposedPanel, type Panel, panelsOfView } from '../fields/panels.ts'
import { TimelineView, type TimelineViewProps } from '../timeline/timeline-view.tsx'
import { text } from './texts.ts'
import { useStable } from './use-stable.ts'

export interface ComposedTimelineProps<Composed extends ComposedPanel> extends Pick<
  TimelineViewProps,
  'renderHeader' | 'renderMissing' | 'hasAside'
> {
  /** At least one shows a field. */
  readonly panels: readonly Composed[]
  readonly keyOf?: (panel: Composed, index: number) => string
}

/** The panels that somebody composed, with the sensors that they need. */
export function ComposedTimeline<Composed extends ComposedPanel>(props: ComposedTimelineProps<Composed>) {
  const { panels, keyOf, renderHeader } = props
  const { sensors, failure, isLoading, retry } = useSensorsOf(panels)
  const shown = useMemo(() => panelsOfView(panels, sensors, keyOf), [panels, sensors, keyOf])
  // Shown once all is there; later, what is added comes in beside it.
  const [isReady, setReady] = useState(false)
  if (!isReady && !isLoading && sensors.length > 0) setReady(true)
  if (sensors.length === 0 && failure !== null) {
    return (
      <>
        {renderHeader(null)}
        <EmptyState
          title={text('cantLoad')}
          action={
            <Button variant="primary" onClick={retry}>
              {text('tryAgain')}
            </Button>
          }
        >
          {problemText(failure)}
        </EmptyState>
      </>
    )
  }
  if (!isReady) {
    return (
      <>
        {renderHeader(null)}
        <div className="space-y-3" aria-busy="true" aria-label={text('loadingView')}>
          <Skeleton className="h-9 w-full max-w-xl" />
          <Skeleton className="h-96 w-full" />
        </div>
      </>
    )
  }
  return (
    <TimelineView
      sensors={sensors}
      panels={isLoading ? shown.map(withoutMissing) : shown}
      renderHeader={renderHeader}
      renderMissing={props.renderMissing}
      {...(props.hasAside === undefined ? {} : { hasAside: props.hasAside })}
    />
  )
}

/** While sensors are on their way nobody knows what is missing. */
function withoutMissing(panel: Panel): Panel {
  return { ...panel, missing: [] }
}

/** The sensors of panels, each once; those that were deleted are left out. */
function useSensorsOf(panels: readonly ComposedPanel[]) {
  const client = useClient()
  const names = [...new Set(panels.flatMap(({ fields }) => fields.map(({ sensor }) => sensor)))]
  const queries = useQueries({ queries: names.map((name) => sensorQuery(client, name)) })
  const found = queries.map(({ data, error }) => (isGone(error) ? undefined : data))
  // Queries answer anew with the same objects: what is shown changes only with them.
  const sensors = useStable(found.filter((sensor) => sensor !== undefined))
  return {
    sensors,
    isLoading: queries.some(({ isLoading }) => isLoading),
    failure: queries.find(({ error }) => error !== null && !isGone(error))?.error ?? null,
    retry: () => void Promise.all(queries.map(({ refetch }) => refetch())),
  }
}

function isGone(error: Error | null): boolean {
  return error instanceof ProblemError && error.code === 'not-found'
}
