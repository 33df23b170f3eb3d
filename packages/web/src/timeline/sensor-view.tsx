import { ProblemError } from '@senio/client'
import type { SensorDetailJson } from '@senio/protocol/api'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { sensorQuery } from '../api/queries.ts'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { SensorTimeline } from './sensor-timeline.tsx'
import { ViewHeader } from './view-header.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

/** One sensor: everything that it measured and saw, over one range and at one cursor. */
export function SensorView({ name }: { readonly name: string }) {
  const { data: sensor, error, refetch } = useQuery(sensorQuery(useClient(), name))
  if (error instanceof ProblemError && error.code === 'not-found') return <NotFoundPage />
  return (
    <main id="main" className="w-full px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      {sensor === undefined || sensor.last === null ? (
        <>
          <ViewHeader name={name} />
          <Waiting sensor={sensor} error={error} onRetry={() => void refetch()} />
        </>
      ) : (
        <SensorTimeline sensor={sensor} />
      )}
    </main>
  )
}

interface WaitingProps {
  readonly sensor: SensorDetailJson | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

function Waiting({ sensor, error, onRetry }: WaitingProps) {
  if (sensor !== undefined) return <NothingYet sensor={sensor} />
  if (error !== null) {
    return (
      <EmptyState
        title={text('cannotShow')}
        action={
          <Button variant="primary" onClick={onRetry}>
            {common('tryAgain')}
          </Button>
        }
      >
        {problemText(error)}
      </EmptyState>
    )
  }
  return (
    <div className="space-y-3">
      <Skeleton className="h-9 w-full max-w-xl" />
      <Skeleton className="h-96 w-full" />
    </div>
  )
}
