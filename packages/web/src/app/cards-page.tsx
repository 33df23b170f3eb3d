import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button } from '../design/button.tsx'
import { CardSkeleton } from '../design/card-skeleton.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { namesContaining } from '../design/names-containing.ts'
import { SearchField } from '../design/search-field.tsx'
import { text as common } from '../design/texts.ts'
import { LoadFailure } from './load-failure.tsx'
import { Page } from './page.tsx'

/** Above so many cards a search box helps. */
const MANY = 8

const gridStyles = {
  medium: 'grid gap-4 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]',
  large: 'grid gap-4 grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))]',
} as const

export interface CardsPageProps<Item> {
  readonly title: string
  readonly query: Pick<UseQueryResult<readonly Item[]>, 'data' | 'error' | 'refetch'>
  readonly words: {
    readonly loading: string
    readonly search: string
    readonly noneFound: (typed: string) => string
    readonly showAll: string
  }
  readonly cards: keyof typeof gridStyles
  /** A list item. */
  readonly card: (item: Item) => ReactNode
  /** How one more is made, beside the title. */
  readonly action: ReactNode
  /** In place of the cards as long as there are none; it says how the first one is made. */
  readonly first: ReactNode
}

/** Everything of one kind that an account has, as cards that can be searched by name. */
export function CardsPage<Item extends { readonly name: string }>({
  title,
  query: { data: items, error, refetch },
  words,
  cards,
  card,
  action,
  first,
}: CardsPageProps<Item>) {
  const [search, setSearch] = useState('')
  const found = namesContaining(items ?? [], search)
  const count = items?.length ?? 0

  return (
    <Page
      title={title}
      actions={
        count > 0 && (
          <>
            {count > MANY && (
              <SearchField
                label={words.search}
                placeholder={common('search')}
                className="max-sm:flex-1 sm:w-56"
                value={search}
                onChange={setSearch}
              />
            )}
            {action}
          </>
        )
      }
    >
      {items === undefined && error === null && (
        <div className={gridStyles[cards]} aria-busy="true" aria-label={words.loading}>
          {['a', 'b', 'c', 'd'].map((key) => (
            <CardSkeleton key={key} />
          ))}
        </div>
      )}
      {error !== null && (
        <LoadFailure error={error} stale={items !== undefined} onRetry={() => void refetch()} />
      )}
      {items?.length === 0 && first}
      {count > 0 && found.length === 0 && (
        <EmptyState
          title={words.noneFound(search)}
          action={<Button onClick={() => setSearch('')}>{words.showAll}</Button>}
        />
      )}
      {found.length > 0 && <ul className={gridStyles[cards]}>{found.map(card)}</ul>}
    </Page>
  )
}
