import { type TimeRange, timestampMs } from '@senio/protocol'
import type { SensorDetailJson, SeriesJson } from '@senio/protocol/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../api/client-context.ts'
import { fieldView } from '../fields/index.ts'
import type { SeriesData } from './series-context.ts'
import type { Timeline } from './timeline.ts'
import { useFetchRange } from './use-fetch-range.ts'
import { useSignal } from './use-signal.ts'
import { viewKeys } from './view-keys.ts'

/** States change seldom and have sharp edges: so many values are fetched before they are summarised. */
const FINE_POINTS = 4000
/** More is not seen, on the largest screen either. */
const MOST_PIXELS = 1600

export interface SeriesState {
  readonly data: SeriesData
  /** The first answer for this sensor is still on its way. */
  readonly isLoading: boolean
  readonly isFetching: boolean
  readonly error: Error | null
}

/** The graph data for what the timeline shows, fetched ahead on both sides. Old data stays until new data is here. */
export function useSeries(sensor: SensorDetailJson, timeline: Timeline): SeriesState {
  const { width } = useSignal(timeline.plot)
  const covers = useFetchRange(timeline)
  const pixels = useFieldSeries(sensor, 'pixels', covers, pointsFor(width), width > 0)
  const fine = useFieldSeries(sensor, 'fine', covers, FINE_POINTS, width > 0)
  const before = useValuesBefore(sensor, covers.from)
  const data = useMemo(
    () => ({
      fields: { ...pixels.data?.fields, ...fine.data?.fields },
      covers: {
        from: timestampMs(
          Math.max(...[pixels, fine].map((query) => query.data?.from ?? Number.NEGATIVE_INFINITY)),
        ),
        to: timestampMs(
          Math.min(...[pixels, fine].map((query) => query.data?.to ?? Number.POSITIVE_INFINITY)),
        ),
      },
      before,
    }),
    [pixels, fine, before],
  )
  return {
    data,
    isLoading: pixels.isLoading || fine.isLoading,
    isFetching: pixels.isFetching || fine.isFetching,
    error: pixels.error ?? fine.error,
  }
}

/** About two buckets for each pixel of the shown third to half of what is fetched. */
function pointsFor(width: number): number {
  return Math.min(MOST_PIXELS, Math.max(400, Math.ceil(width / 200) * 200)) * 2
}

function useFieldSeries(
  sensor: SensorDetailJson,
  kind: 'pixels' | 'fine',
  { from, to }: TimeRange,
  points: number,
  ready: boolean,
) {
  const client = useClient()
  const fields = Object.entries(sensor.fields).flatMap(([name, { type }]) =>
    fieldView(type).series === kind ? [name] : [],
  )
  const query = useQuery({
    queryKey: [...viewKeys.series(sensor.name), { fields, from, to, points }],
    queryFn: ({ signal }): Promise<SeriesJson> =>
      client.series(sensor.name, { fields, from, to, points }, { signal }),
    enabled: ready && fields.length > 0,
    placeholderData: keepPreviousData,
    // Thousands of numbers are not worth comparing one by one.
    structuralSharing: false,
  })
  const { data, isFetching, error } = query
  const isLoading = fields.length > 0 && data === undefined && error === null
  return useMemo(() => ({ data, isFetching, error, isLoading }), [data, isFetching, error, isLoading])
}

/** What was the case before the first value of the data: states reach into it. */
function useValuesBefore(sensor: SensorDetailJson, t: number) {
  const client = useClient()
  const isAsked = Object.values(sensor.fields).some(({ type }) => fieldView(type).series === 'fine')
  const { data } = useQuery({
    queryKey: [...viewKeys.series(sensor.name), 'before', t],
    queryFn: ({ signal }) => client.at(sensor.name, t, { signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  return data
}
