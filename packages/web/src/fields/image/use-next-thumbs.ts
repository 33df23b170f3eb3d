import type { ImageJson } from '@senio/protocol/api'
import { useMemo, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { neighboursOf } from './prefetch.ts'

const NONE: readonly string[] = []

/**
 * Addresses of the thumbs that may be wanted next, the likeliest first: those beside the picture that is shown.
 * @param pictures ascending
 * @param timestamp of the picture that is shown; null for none
 */
export function useNextThumbs(
  sensor: string,
  pictures: readonly ImageJson[],
  timestamp: number | null,
): readonly string[] {
  const client = useClient()
  const [last, setLast] = useState({ timestamp, isForward: true })
  if (last.timestamp !== timestamp) {
    setLast({ timestamp, isForward: (timestamp ?? 0) >= (last.timestamp ?? 0) })
  }
  const { isForward } = last
  return useMemo(() => {
    const index =
      timestamp === null ? -1 : pictures.findLastIndex((picture) => picture.timestamp <= timestamp)
    if (index === -1) return NONE
    return neighboursOf(pictures, index, isForward).map(({ image }) =>
      client.imageUrl(sensor, image, 'thumb'),
    )
  }, [client, sensor, pictures, timestamp, isForward])
}
