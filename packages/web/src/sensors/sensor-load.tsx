import { ProblemError } from '@senio/client'
import type { SensorDetailJson } from '@senio/protocol/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { LoadFailure } from '../app/load-failure.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

export interface SensorLoadProps {
  readonly query: UseQueryResult<SensorDetailJson>
  readonly children: (sensor: SensorDetailJson) => ReactNode
}

/** What is shown of a sensor once it is there; until then its place, and if it doesn't come, why. */
export function SensorLoad({ query, children }: SensorLoadProps) {
  const { data: sensor, error, refetch } = query
  if (error instanceof ProblemError && error.code === 'not-found') {
    return (
      <EmptyState
        title={text('noSuchSensor')}
        action={
          <Link to="/sensors" className={buttonStyle('primary')}>
            {common('toSensors')}
          </Link>
        }
      >
        {text('renamedOrDeleted')}
      </EmptyState>
    )
  }
  if (sensor === undefined && error === null) {
    return (
      <div className="space-y-4" aria-busy="true" aria-label={text('loadingSensor')}>
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    )
  }
  return (
    <>
      {error !== null && (
        <LoadFailure error={error} stale={sensor !== undefined} onRetry={() => void refetch()} />
      )}
      {sensor !== undefined && children(sensor)}
    </>
  )
}
