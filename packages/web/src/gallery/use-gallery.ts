import type { TimeRange } from '@senio/protocol'
import type { ImageJson } from '@senio/protocol/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../api/client-context.ts'

/** Pictures a request; a thousand are some 50 kB. */
const PAGE = 1000

export interface Gallery {
  /** Those that are known so far, ascending. */
  readonly pictures: readonly ImageJson[]
  readonly isLoading: boolean
  readonly error: Error | null
  /** Whether there are more than are known. */
  readonly hasMore: boolean
  /** Asks for the next ones, unless they are on their way. */
  readonly more: () => void
}

/** The pictures of a range, page by page. They stay as they were found: live ones don't move what is looked at. */
export function useGallery(sensor: string, field: string, range: TimeRange, tag: string | null): Gallery {
  const client = useClient()
  const { data, error, isLoading, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['gallery', sensor, field, range.from, range.to, tag],
    queryFn: ({ pageParam, signal }) =>
      client.images(
        sensor,
        {
          field,
          from: range.from,
          to: range.to,
          limit: PAGE,
          ...(tag === null ? {} : { tag }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: Infinity,
  })
  const pictures = useMemo(() => data?.pages.flatMap(({ images }) => images) ?? [], [data])
  return {
    pictures,
    isLoading,
    error,
    hasMore: hasNextPage,
    more: () => {
      if (!isFetchingNextPage) void fetchNextPage()
    },
  }
}
