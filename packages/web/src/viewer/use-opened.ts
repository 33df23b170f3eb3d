import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useClient } from '../api/client-context.ts'
import { useTagKey } from '../tags/use-tag.ts'
import { viewKeys } from '../timeline/view-keys.ts'
import { openPicture } from './neighbours.ts'

/** The picture at an instant; its neighbours are fetched ahead. Its data is null when there is none. */
export function useOpened(sensor: string, field: string, t: number) {
  const client = useClient()
  const tag = useTagKey()
  const queryClient = useQueryClient()
  const query = useQuery({
    queryKey: [...viewKeys.picture(sensor), field, t, ...tag],
    queryFn: ({ signal }) => openPicture(client, sensor, field, t, signal),
    placeholderData: keepPreviousData,
  })
  const { data } = query
  useEffect(() => {
    for (const neighbour of [data?.next ?? null, data?.previous ?? null]) {
      if (neighbour === null) continue
      const queryKey = [...viewKeys.picture(sensor), field, neighbour, ...tag]
      void queryClient
        .fetchQuery({
          queryKey,
          queryFn: ({ signal }) => openPicture(client, sensor, field, neighbour, signal),
          staleTime: 60_000,
        })
        .then(
          (opened) => {
            if (opened !== null) new Image().src = client.imageUrl(sensor, opened.picture.image, 'preview')
            return opened
          },
          // Ahead of time only: when it is asked for, its error shows.
          () => null,
        )
    }
  }, [client, queryClient, sensor, field, data, tag])
  return query
}
