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
      queries: { staleTime: 5 * SECOND, retry: (failures, error) => failures < ATTEMPTS && isPassing(error) },
      mutations: { networkMode: 'always' },
    },
  })
  return queryClient
}

/** Whether the same request may succeed in a moment. */
function isPassing(error: Error): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500)
}
