import type { SensorDetailJson } from '@senio/protocol/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Settings } from 'lucide-react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { sensorQuery } from '../api/queries.ts'
import { Button } from '../design/button.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { TimelineView } from './timeline-view.tsx'

/** One sensor: everything that it measured and saw, over one range and at one cursor. */
export function SensorView({ name }: { readonly name: string }) {
  const { data: sensor, error, refetch } = useQuery(sensorQuery(useClient(), name))
  return (
    <main id="main" className="mx-auto w-full max-w-[160rem] px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      <header className="mb-3 flex items-center justify-between gap-4">
        <h1 className="min-w-0 truncate text-2xl font-semibold">{name}</h1>
        <Link to="/sensors/$name/settings" params={{ name }} className={buttonStyle('quiet')}>
          <Settings aria-hidden="true" className="size-4.5 text-muted" />
          Settings
        </Link>
      </header>
      <Content sensor={sensor} error={error} onRetry={() => void refetch()} />
    </main>
  )
}

interface ContentProps {
  readonly sensor: SensorDetailJson | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

function Content({ sensor, error, onRetry }: ContentProps) {
  if (sensor !== undefined) {
    return sensor.last === null ? <NothingYet sensor={sensor} /> : <TimelineView sensor={sensor} />
  }
  if (error !== null) {
    return (
      <EmptyState
        title="This sensor can't be shown"
        action={
          <Button variant="primary" onClick={onRetry}>
            Try again
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
