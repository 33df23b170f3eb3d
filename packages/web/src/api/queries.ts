import { type Client, ProblemError } from '@senio/client'
import { SECOND } from '@senio/protocol'
import { queryOptions } from '@tanstack/react-query'
import { queryKeys } from './query-keys.ts'

/** How often lists look for something new while they are seen. */
const QUIET_REFRESH_MS = 15 * SECOND

/** null when nobody is signed in. */
export function meQuery(client: Client) {
  return queryOptions({
    queryKey: queryKeys.me,
    queryFn: ({ signal }) => client.me.get({ signal }).catch(nullWhenNotSignedIn),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function setupQuery(client: Client) {
  return queryOptions({
    queryKey: queryKeys.setup,
    queryFn: ({ signal }) => client.setup.state({ signal }),
  })
}

/** Every sensor, ordered by name, with its newest values; refreshes itself. */
export function sensorsQuery(client: Client) {
  return queryOptions({
    queryKey: queryKeys.sensors,
    queryFn: ({ signal }) =>
      allOf(async (cursor) => {
        const { sensors, next } = await client.sensors.list({ limit: 1000, cursor }, { signal })
        return [sensors, next]
      }),
    refetchInterval: QUIET_REFRESH_MS,
  })
}

export function sensorQuery(client: Client, name: string) {
  return queryOptions({
    queryKey: queryKeys.sensorDetail(name),
    queryFn: ({ signal }) => client.sensors.get(name, { signal }),
  })
}

/** Every view that the account composed, ordered by name. */
export function viewsQuery(client: Client) {
  return queryOptions({
    queryKey: queryKeys.views,
    queryFn: ({ signal }) =>
      allOf(async (cursor) => {
        const { views, next } = await client.views.list({ cursor }, { signal })
        return [views, next]
      }),
    staleTime: QUIET_REFRESH_MS,
  })
}

export function viewQuery(client: Client, id: number) {
  return queryOptions({
    queryKey: queryKeys.view(id),
    queryFn: ({ signal }) => client.views.get(id, { signal }),
  })
}

/** Everything of a list that comes in pages. */
async function allOf<Item>(
  page: (cursor: string | undefined) => Promise<readonly [items: readonly Item[], next: string | null]>,
): Promise<readonly Item[]> {
  const all: Item[] = []
  let cursor: string | undefined
  do {
    const [items, next] = await page(cursor)
    all.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return all
}

function nullWhenNotSignedIn(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'not-signed-in') return null
  throw error
}
