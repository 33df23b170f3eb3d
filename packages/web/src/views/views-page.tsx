import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useClient } from '../api/client-context.ts'
import { sensorsQuery, viewsQuery } from '../api/queries.ts'
import { CardsPage } from '../app/cards-page.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { FirstView } from './list/first-view.tsx'
import { ViewCard } from './list/view-card.tsx'
import { text } from './texts.ts'

/** Every view that the account composed. */
export function ViewsPage() {
  const client = useClient()
  const views = useQuery({ ...viewsQuery(client), refetchOnMount: 'always' })
  const { data: sensors } = useQuery(sensorsQuery(client))

  return (
    <CardsPage
      title={text('views')}
      query={views}
      words={{
        loading: text('loadingViews'),
        search: text('searchViews'),
        noneFound: (typed) => text('noneFound', { typed }),
        showAll: text('showAll'),
      }}
      cards="large"
      card={(view) => <ViewCard key={view.id} view={view} sensors={sensors} />}
      action={
        <Link to="/views/new" className={buttonStyle('primary')}>
          <Plus className="size-4" aria-hidden="true" />
          {text('newView')}
        </Link>
      }
      first={<FirstView hasSensors={sensors === undefined || sensors.length > 0} />}
    />
  )
}
