import type { Client } from '@senio/client'
import type { ImageJson } from '@senio/protocol/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { useTagKey } from '../../tags/use-tag.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignal, useThrottled } from '../../timeline/use-signal.ts'
import { viewKeys } from '../../timeline/view-keys.ts'
import { type FilmGrid, filmGrid, framesOf, type Frame, gridRange, mergePictures } from './film-slots.ts'

const FRAME_HEIGHT = 84
const NARROW_FRAME_HEIGHT = 52
const NARROW_BELOW = 600
const WIDE_FRAME_HEIGHT = 120
const WIDE_ABOVE = 2000
/** Between frames; CSS pixels. */
export const GAP = 4
const FETCH_EVERY_MS = 200
/** Until the first picture is known. */
export const USUAL_ASPECT = 3 / 2
/** Frames are cropped by so much, rather than that a strip is fetched twice. */
const CROP = 1.25

export interface Film {
  readonly frames: readonly Frame[]
  /** What the frames are taken from, ascending. */
  readonly pictures: readonly ImageJson[]
  /** Height of a frame in CSS pixels. */
  readonly height: number
  /** Width by height of the field's pictures; null until one is known. */
  readonly aspect: number | null
  readonly isLoading: boolean
}

/** The pictures of a field in what the timeline shows, as many as fit. Old ones stay until new ones are here. */
export function useFilm(sensor: string, field: string): Film {
  const client = useClient()
  const tag = useTagKey()
  const timeline = useTimeline()
  const { width } = useSignal(timeline.plot)
  const [aspect, setAspect] = useState<number | null>(null)
  const height = frameHeight(width)
  const range = useThrottled([timeline.range], timeline.range.get, FETCH_EVERY_MS)
  const grid = filmGrid(range, width, height * frameAspect(aspect) + GAP)
  const { slot, from, count } = grid
  const { data, isLoading } = useQuery({
    queryKey: [...viewKeys.images(sensor), field, { slot, from, count }, ...tag],
    queryFn: async ({ signal }) => ({ grid, pictures: await fetchFilm(client, sensor, field, grid, signal) }),
    enabled: width > 0,
    placeholderData: keepPreviousData,
  })
  const known = data?.pictures.find((picture) => picture.width !== null && picture.height !== null)
  // Strange formats shouldn't make strange strips.
  const found = known === undefined ? null : clamp((known.width ?? 4) / (known.height ?? 3), 0.6, 2)
  if (aspect === null && found !== null) setAspect(found)
  return useMemo(
    () => ({
      frames: data === undefined ? [] : framesOf(data.pictures, data.grid),
      pictures: data?.pictures ?? [],
      height,
      aspect,
      isLoading,
    }),
    [data, height, aspect, isLoading],
  )
}

/** Of a film strip; both in CSS pixels. */
function frameHeight(plotWidth: number): number {
  if (plotWidth < NARROW_BELOW) return NARROW_FRAME_HEIGHT
  return plotWidth > WIDE_ABOVE ? WIDE_FRAME_HEIGHT : FRAME_HEIGHT
}

function frameAspect(aspect: number | null): number {
  if (aspect === null || Math.abs(Math.log(aspect / USUAL_ASPECT)) <= Math.log(CROP)) return USUAL_ASPECT
  return aspect
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

/** Evenly spaced pictures, and the newest. */
async function fetchFilm(
  client: Client,
  sensor: string,
  field: string,
  grid: FilmGrid,
  signal: AbortSignal,
): Promise<readonly ImageJson[]> {
  const range = gridRange(grid)
  const [{ images }, edge] = await Promise.all([
    client.images(sensor, { field, ...range, count: grid.count }, { signal }),
    client.at(sensor, range.to, { signal }),
  ])
  const newest = edge.fields[field]?.timestamp
  const last = images.at(-1)
  if (newest === undefined || last === undefined || newest <= last.timestamp || newest >= range.to)
    return images
  const tail = await client.images(sensor, { field, from: newest, limit: 1 }, { signal })
  return mergePictures(images, tail.images)
}
