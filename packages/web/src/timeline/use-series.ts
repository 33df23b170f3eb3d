import { type TimeRange, timestampMs } from '@senio/protocol'
import type { FieldSeriesJson, InstantJson, SeriesJson } from '@senio/protocol/api'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../api/client-context.ts'
import { fieldKey, type ShownField } from '../fields/field-view.ts'
import { fieldView } from '../fields/index.ts'
import type { SeriesData } from './series-context.ts'
import type { Timeline } from './timeline.ts'
import { useTagKey } from '../tags/use-tag.ts'
import { useFetchRange } from './use-fetch-range.ts'
import { useHeld } from './use-held.ts'
import { useSignal } from './use-signal.ts'
import { viewKeys } from './view-keys.ts'

/** States change seldom and have sharp edges: so many values are fetched before they are summarised. */
const FINE_POINTS = 4000
/** More is not seen, on the largest screen either. */
const MOST_PIXELS = 1600

export interface SeriesState {
  readonly data: SeriesData
  /** The first answer is still on its way. */
  readonly isLoading: boolean
  readonly isFetching: boolean
  readonly error: Error | null
}

/**
 * The graph data for what the timeline shows, fetched ahead on both sides, with one request a sensor. Old data stays
 * until new data is here.
 */
export function useSeries(fields: readonly ShownField[], timeline: Timeline): SeriesState {
  const { width } = useSignal(timeline.plot)
  const covers = useFetchRange(timeline)
  const pixels = useFieldSeries(fields, 'pixels', covers, pointsFor(width), width > 0)
  const fine = useFieldSeries(fields, 'fine', covers, FINE_POINTS, width > 0)
  const before = useValuesBefore(fields, covers.from)
  const data = useMemo((): SeriesData => {
    const answers = [...Object.values(pixels.data), ...Object.values(fine.data)]
    return {
      fields: { ...byKey(pixels.data), ...byKey(fine.data) },
      covers: {
        from: timestampMs(Math.max(Number.NEGATIVE_INFINITY, ...answers.map(({ from }) => from))),
        to: timestampMs(Math.min(Number.POSITIVE_INFINITY, ...answers.map(({ to }) => to))),
      },
      before: byKey(before),
    }
  }, [pixels.data, fine.data, before])
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
  fields: readonly ShownField[],
  kind: 'pixels' | 'fine',
  { from, to }: TimeRange,
  points: number,
  ready: boolean,
) {
  const client = useClient()
  const tag = useTagKey()
  const asked = namesBySensor(fields, kind)
  const queries = useQueries({
    queries: asked.map(([sensor, names]) => ({
      queryKey: [...viewKeys.series(sensor), { fields: names, from, to, points }, ...tag],
      queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<SeriesJson> =>
        client.series(sensor, { fields: names, from, to, points }, { signal }),
      enabled: ready,
      // Thousands of numbers are not worth comparing one by one.
      structuralSharing: false,
    })),
  })
  const data = useHeld(bySensor(asked, queries))
  return {
    data,
    isFetching: queries.some(({ isFetching }) => isFetching),
    isLoading: asked.some(([sensor], index) => data[sensor] === undefined && !queries[index]?.error),
    error: queries.find(({ error }) => error !== null)?.error ?? null,
  }
}

/** What was the case before the first value of the data: states reach into it. */
function useValuesBefore(fields: readonly ShownField[], t: number): Readonly<Record<string, InstantJson>> {
  const client = useClient()
  const tag = useTagKey()
  const asked = namesBySensor(fields, 'fine')
  const queries = useQueries({
    queries: asked.map(([sensor]) => ({
      queryKey: [...viewKeys.series(sensor), 'before', t, ...tag],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.at(sensor, t, { signal }),
    })),
  })
  return useHeld(bySensor(asked, queries))
}

/** The names of the fields whose data is asked for in one way, with their sensors. */
function namesBySensor(
  fields: readonly ShownField[],
  kind: 'pixels' | 'fine',
): readonly (readonly [sensor: string, names: readonly string[]])[] {
  const names = new Map<string, string[]>()
  for (const { sensor, name, type } of fields) {
    if (fieldView(type).series !== kind) continue
    const known = names.get(sensor) ?? []
    if (!known.includes(name)) names.set(sensor, [...known, name])
  }
  return [...names]
}

function bySensor<Answer>(
  asked: readonly (readonly [sensor: string, names: readonly string[]])[],
  queries: readonly { readonly data: Answer | undefined }[],
): Readonly<Record<string, Answer | undefined>> {
  return Object.fromEntries(asked.map(([sensor], index) => [sensor, queries[index]?.data]))
}

function byKey<Value extends FieldSeriesJson | InstantJson['fields'][string]>(
  answers: Readonly<Record<string, { readonly fields: Readonly<Record<string, Value>> }>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([sensor, answer]) =>
      Object.entries(answer.fields).map(([name, value]) => [fieldKey(sensor, name), value]),
    ),
  )
}
