import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { sensorsQuery, viewsQuery } from '../api/queries.ts'
import { Page } from '../app/page.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { inputStyle } from '../design/input-style.ts'
import { LoadFailure } from '../sensors/list/load-failure.tsx'
import { namesContaining } from '../sensors/list/search.ts'
import { SensorCardSkeleton } from '../sensors/list/sensor-card-skeleton.tsx'
import { FirstView } from './list/first-view.tsx'
import { ViewCard } from './list/view-card.tsx'
import { text } from './texts.ts'

/** Above this many views a search box helps. */
const MANY = 8

const gridStyle = 'grid gap-4 grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))]'

/** Every view that the account composed. */
export function ViewsPage() {
  const client = useClient()
  const { data: views, error, refetch } = useQuery({ ...viewsQuery(client), refetchOnMount: 'always' })
  const { data: sensors } = useQuery(sensorsQuery(client))
  const [search, setSearch] = useState('')
  const found = namesContaining(views ?? [], search)

  return (
    <Page
      title={text('views')}
      actions={
        views !== undefined &&
        views.length > 0 && (
          <>
            {views.length > MANY && (
              <div className="relative max-sm:flex-1">
                <Search
                  className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-muted"
                  aria-hidden="true"
                />
                <input
                  type="search"
                  aria-label={text('searchViews')}
                  placeholder={text('search')}
                  className={inputStyle('pl-9 sm:w-56')}
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              </div>
            )}
            <Link to="/views/new" className={buttonStyle('primary')}>
              <Plus className="size-4" aria-hidden="true" />
              {text('newView')}
            </Link>
          </>
        )
      }
    >
      {views === undefined && error === null && (
        <div className={gridStyle} aria-busy="true" aria-label={text('loadingViews')}>
          {['a', 'b', 'c'].map((key) => (
            <SensorCardSkeleton key={key} />
          ))}
        </div>
      )}
      {error !== null && (
        <LoadFailure error={error} stale={views !== undefined} onRetry={() => void refetch()} />
      )}
      {views?.length === 0 && <FirstView hasSensors={sensors === undefined || sensors.length > 0} />}
      {views !== undefined && views.length > 0 && found.length === 0 && (
        <EmptyState
          title={text('noneFound', { typed: search })}
          action={<Button onClick={() => setSearch('')}>{text('showAll')}</Button>}
        />
      )}
      {found.length > 0 && (
        <ul className={gridStyle}>
          {found.map((view) => (
            <ViewCard key={view.id} view={view} sensors={sensors} />
          ))}
        </ul>
      )}
    </Page>
  )
}
