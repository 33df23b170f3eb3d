import { useQuery } from '@tanstack/react-query'
import { Plus, Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { sensorsQuery } from '../api/queries.ts'
import { Page } from '../app/page.tsx'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { inputStyle } from '../design/input-style.ts'
import { LoadFailure } from './list/load-failure.tsx'
import { FirstSensor } from './list/first-sensor.tsx'
import { namesContaining } from './list/search.ts'
import { SensorCard } from './list/sensor-card.tsx'
import { SensorCardSkeleton } from './list/sensor-card-skeleton.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

const CreateSensorDialog = lazy(async () => ({
  default: (await import('./create/create-sensor-dialog.tsx')).CreateSensorDialog,
}))

/** Above this many sensors a search box helps. */
const MANY = 8

const gridStyle = 'grid gap-4 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]'

/** Every sensor with its newest values. */
export function SensorsPage() {
  const {
    data: sensors,
    error,
    refetch,
  } = useQuery({
    ...sensorsQuery(useClient()),
    // The navigation has asked before; whoever comes here wants to see the newest values.
    refetchOnMount: 'always',
  })
  const [search, setSearch] = useState('')
  const [creating, setCreating] = useState(false)
  // The dialog's code comes with its first use, and stays for the animation of its end.
  const [asked, setAsked] = useState(false)

  function create() {
    setAsked(true)
    setCreating(true)
  }

  const found = sensors === undefined ? [] : namesContaining(sensors, search)
  return (
    <Page
      title={common('sensors')}
      actions={
        sensors !== undefined &&
        sensors.length > 0 && (
          <>
            {sensors.length > MANY && (
              <div className="relative max-sm:flex-1">
                <Search
                  className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-muted"
                  aria-hidden="true"
                />
                <input
                  type="search"
                  aria-label={text('searchSensors')}
                  placeholder={text('search')}
                  className={inputStyle('pl-9 sm:w-56')}
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              </div>
            )}
            <Button variant="primary" onClick={create}>
              <Plus className="size-4" aria-hidden="true" />
              {text('newSensor')}
            </Button>
          </>
        )
      }
    >
      {sensors === undefined && error === null && (
        <div className={gridStyle} aria-busy="true" aria-label={text('loadingSensors')}>
          {['a', 'b', 'c', 'd'].map((key) => (
            <SensorCardSkeleton key={key} />
          ))}
        </div>
      )}
      {error !== null && (
        <LoadFailure error={error} stale={sensors !== undefined} onRetry={() => void refetch()} />
      )}
      {sensors?.length === 0 && <FirstSensor onCreate={create} />}
      {sensors !== undefined && sensors.length > 0 && found.length === 0 && (
        <EmptyState
          title={text('noneContains', { search })}
          action={<Button onClick={() => setSearch('')}>{text('showAll')}</Button>}
        />
      )}
      {found.length > 0 && (
        <ul className={gridStyle}>
          {found.map((sensor) => (
            <SensorCard key={sensor.name} sensor={sensor} />
          ))}
        </ul>
      )}
      {asked && (
        <Suspense>
          <CreateSensorDialog open={creating} onOpenChange={setCreating} />
        </Suspense>
      )}
    </Page>
  )
}
