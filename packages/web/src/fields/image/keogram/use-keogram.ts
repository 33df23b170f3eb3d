import { type Client, ProblemError } from '@senio/client'
import { KEOGRAM_TILE_COLUMNS, MINUTE, SECOND, type TimeRange, timestampMs } from '@senio/protocol'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useClient } from '../../../api/client-context.ts'
import { queryKeys } from '../../../api/query-keys.ts'
import { useTagKey } from '../../../tags/use-tag.ts'
import { fetchRange, spanOf } from '../../../timeline/range.ts'
import { useSensors } from '../../../timeline/sensors-context.ts'
import { useTimeline } from '../../../timeline/timeline-context.ts'
import { useSignal, useThrottled } from '../../../timeline/use-signal.ts'
import { viewKeys } from '../../../timeline/view-keys.ts'
import type { ShownField } from '../../field-view.ts'
import { type LoadedTile, overlap } from './draw-keogram.ts'
import { squeeze } from './squeeze.ts'
import { keogramScale, type Tile, tilesIn, usualInterval } from './keogram-scale.ts'

const FOLLOW_EVERY_MS = 120
/** Pictures that tell the camera's interval. */
const LEARNED_FROM = 32
/** Tiles that are kept to stand in for others: several screens. */
const KEPT = 48
/** A server that is making thumbs says so for a while. */
const ATTEMPTS = 12
const LONGEST_WAIT_MS = 3000
/** Tiles of which more columns are coming are fetched again, for some minutes. */
const MOST_FETCHES = 60

export interface Keogram {
  readonly wanted: readonly Tile[]
  readonly loaded: readonly LoadedTile[]
  /** Something in sight is still on its way. */
  readonly isLoading: boolean
  readonly error: Error | null
}

/** The tiles of a camera's keogram for what the timeline shows. @param height in pixels of the screen */
export function useKeogram(field: ShownField, height: number): Keogram {
  const client = useClient()
  const timeline = useTimeline()
  const tag = useTagKey()
  const { width } = useSignal(timeline.plot)
  const range = useThrottled([timeline.range], timeline.range.get, FOLLOW_EVERY_MS)
  const interval = useInterval(field, range)
  const extent = useExtent(field.sensor)
  const isReady = width > 0 && extent !== null && interval !== undefined
  const scale = isReady ? keogramScale(range, width, interval) : null
  // Seen with one tile more on each side, so that panning has something to show.
  const wanted = useMemo(
    () => (scale === null || extent === null ? [] : tilesIn(widened(range, scale), scale, extent)),
    [range, scale, extent],
  )
  const queries = useQueries({
    queries: wanted.map((tile) => ({
      queryKey: [
        ...viewKeys.images(field.sensor),
        field.name,
        'keogram',
        tile.msPerColumn,
        tile.index,
        height,
        ...tag,
      ],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        loadTile(client, field, tile, height, signal),
      // Pictures can't be compared as JSON.
      structuralSharing: false,
      staleTime: MINUTE,
      refetchInterval: ({ state: { data, dataUpdateCount } }: TileQuery) =>
        data !== undefined && data.retryAfter !== null && dataUpdateCount < MOST_FETCHES
          ? data.retryAfter * SECOND
          : (false as const),
      retry: (failures: number, error: Error) => failures < ATTEMPTS && isPassing(error),
      retryDelay: (failures: number, error: Error) => waitFor(failures, error),
    })),
  })
  const loaded = useKept(queries.flatMap(({ data }) => (data === undefined ? [] : [data])))
  return {
    wanted,
    loaded,
    isLoading:
      !isReady || wanted.some((tile, i) => overlap(tile.range, range) && queries[i]?.isLoading === true),
    error: queries.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
  }
}

function widened({ from, to }: TimeRange, scale: number): TimeRange {
  const tile = scale * KEOGRAM_TILE_COLUMNS
  return { from: timestampMs(from - tile / 2), to: timestampMs(to + tile / 2) }
}

interface FetchedTile extends LoadedTile {
  /** Seconds after which it has more columns; null when it has all. */
  readonly retryAfter: number | null
}

interface TileQuery {
  readonly state: { readonly data: FetchedTile | undefined; readonly dataUpdateCount: number }
}

async function loadTile(
  client: Client,
  { sensor, name }: ShownField,
  tile: Tile,
  height: number,
  signal: AbortSignal,
): Promise<FetchedTile> {
  const { msPerColumn, index } = tile
  const { blob, retryAfter } = await client.keogramTile(sensor, name, { msPerColumn, index }, { signal })
  // Its height is that of the canvas, so that drawing scales it in one direction only.
  return { ...tile, picture: squeeze(await createImageBitmap(blob), height), retryAfter }
}

function isPassing(error: Error): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500)
}

function waitFor(failures: number, error: Error): number {
  const said = error instanceof ProblemError ? (error.retryAfter ?? 1) * 1000 : 1000
  return Math.min(LONGEST_WAIT_MS, said, 500 * (failures + 1))
}

/** The camera's usual interval about there; null when it can't be learned, undefined while it isn't known. */
function useInterval({ sensor, name }: ShownField, range: TimeRange): number | null | undefined {
  const client = useClient()
  const tag = useTagKey()
  const { from } = fetchRange(range)
  const { data, error } = useQuery({
    queryKey: [
      ...queryKeys.sensor(sensor),
      'interval',
      name,
      from,
      Math.round(Math.log2(spanOf(range))),
      ...tag,
    ],
    queryFn: async ({ signal }) => {
      const { images } = await client.images(sensor, { field: name, from, limit: LEARNED_FROM }, { signal })
      return usualInterval(images.map(({ timestamp }) => timestamp))
    },
    staleTime: 5 * MINUTE,
    placeholderData: keepPreviousData,
  })
  return error === null ? data : null
}

/** Where the sensor has values; null while it has none. */
function useExtent(name: string): TimeRange | null {
  const sensor = useSensors().find((shown) => shown.name === name)
  const { first = null, last = null } = sensor ?? {}
  return useMemo(
    () => (first === null || last === null ? null : { from: timestampMs(first), to: timestampMs(last + 1) }),
    [first, last],
  )
}

/** The newest tiles, and earlier ones that may stand in for what is on its way. */
function useKept(tiles: readonly LoadedTile[]): readonly LoadedTile[] {
  const [kept, setKept] = useState<readonly LoadedTile[]>([])
  if (tiles.every((tile) => kept.includes(tile))) return kept
  const isReplaced = (old: LoadedTile): boolean =>
    tiles.some(({ msPerColumn, index }) => msPerColumn === old.msPerColumn && index === old.index)
  const next = [...tiles, ...kept.filter((old) => !isReplaced(old))].slice(0, Math.max(KEPT, tiles.length))
  setKept(next)
  return next
}
