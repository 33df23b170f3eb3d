import { type Client, ProblemError } from '@senio/client'
import { SECOND } from '@senio/protocol'
import type { ListedSensorJson, ViewJson } from '@senio/protocol/api'
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
    queryFn: ({ signal }) => allSensors(client, signal),
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
    queryFn: ({ signal }) => allViews(client, signal),
    staleTime: QUIET_REFRESH_MS,
  })
}

export function viewQuery(client: Client, id: number) {
  return queryOptions({
    queryKey: queryKeys.view(id),
    queryFn: ({ signal }) => client.views.get(id, { signal }),
  })
}

async function allViews(client: Client, signal: AbortSignal): Promise<readonly ViewJson[]> {
  const all: ViewJson[] = []
  let cursor: string | undefined
  do {
    const page = await client.views.list({ cursor }, { signal })
    all.push(...page.views)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}

async function allSensors(client: Client, signal: AbortSignal): Promise<readonly ListedSensorJson[]> {
  const all: ListedSensorJson[] = []
  let cursor: string | undefined
  do {
    const page = await client.sensors.list({ limit: 1000, cursor }, { signal })
    all.push(...page.sensors)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}

function nullWhenNotSignedIn(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'not-signed-in') return null
  throw error
}
