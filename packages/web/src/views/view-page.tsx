import { ProblemError } from '@senio/client'
import type { ViewJson } from '@senio/protocol/api'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { LayoutDashboard, Pencil } from 'lucide-react'
import { useMemo } from 'react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { viewQuery } from '../api/queries.ts'
import { useTitle } from '../app/page.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ComposedHeader } from './composed-header.tsx'
import { ComposedTimeline } from './composed-timeline.tsx'
import { MissingPanel } from './missing-panel.tsx'
import { NoSuchView } from './no-such-view.tsx'
import { text } from './texts.ts'
import { idOf } from './view-id.ts'

const route = getRouteApi('/shell/views/$id')

/** A view that somebody composed. */
export function ViewPage() {
  const id = idOf(route.useParams().id)
  return id === null ? <NoSuchView /> : <OneView key={id} id={id} />
}

function OneView({ id }: { readonly id: number }) {
  const { data: view, error, refetch } = useQuery(viewQuery(useClient(), id))
  useTitle(view?.name ?? text('views'))
  if (error instanceof ProblemError && error.code === 'not-found') return <NoSuchView />
  return (
    <main id="main" className="w-full px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      {view !== undefined && <Composed view={view} />}
      {view === undefined && error !== null && (
        <EmptyState
          level={1}
          title={text('cantLoad')}
          action={
            <Button variant="primary" onClick={() => void refetch()}>
              {text('tryAgain')}
            </Button>
          }
        >
          {problemText(error)}
        </EmptyState>
      )}
      {view === undefined && error === null && (
        <div className="space-y-3" aria-busy="true" aria-label={text('loadingView')}>
          <Skeleton className="h-9 w-56" />
          <Skeleton className="h-9 w-full max-w-xl" />
          <Skeleton className="h-96 w-full" />
        </div>
      )}
    </main>
  )
}

function Composed({ view }: { readonly view: ViewJson }) {
  const { panels } = view
  // Panels whose fields were all deleted are shown by their gaps: that needs one that lives.
  const isEmpty = useMemo(
    () => panels.every(({ fields }) => fields.every((field) => field.deleted)),
    [panels],
  )
  const gaps = panels.flatMap(({ fields }) => fields.filter((field) => field.deleted))
  if (!isEmpty) {
    return (
      <ComposedTimeline
        panels={panels}
        renderHeader={(controls) => <ComposedHeader view={view}>{controls}</ComposedHeader>}
        renderMissing={(panel) => <MissingPanel view={view.id} fields={panel.missing} />}
      />
    )
  }
  return (
    <>
      <ComposedHeader view={view} />
      {gaps.length > 0 ? (
        <MissingPanel view={view.id} fields={gaps} />
      ) : (
        <EmptyState
          figure={<LayoutDashboard aria-hidden="true" className="size-10" />}
          title={text('noPanels')}
          action={
            <Link to="/views/$id/edit" params={{ id: String(view.id) }} className={buttonStyle('primary')}>
              <Pencil aria-hidden="true" className="size-4" />
              {text('addPanels')}
            </Link>
          }
        >
          {text('noPanelsText')}
        </EmptyState>
      )}
    </>
  )
}
