import { ProblemError } from '@senio/client'
import { SECOND } from '@senio/protocol'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { queryKeys } from './query-keys.ts'

const ATTEMPTS = 2

/** The cache of answers. A session that ended shows at once: `me` becomes null. */
export function createQueryClient(): QueryClient {
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        if (error instanceof ProblemError && error.code === 'not-signed-in') {
          queryClient.setQueryData(queryKeys.me, null)
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5 * SECOND,
        retry: (failures, error) => failures < ATTEMPTS && isPassing(error),
        structuralSharing: keepEqual,
        // Browsers call a machine without internet offline, and a server on it, or in the same network, is there.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
  return queryClient
}

/**
 * An answer that is the same as before stays the same object, so that nothing is drawn anew. The order of keys counts,
 * as it does not in the library's own comparison: it is the order of a sensor's fields.
 */
export function keepEqual(before: unknown, now: unknown): unknown {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now
}

/** Whether the same request may succeed in a moment. */
function isPassing(error: Error): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500)
}
