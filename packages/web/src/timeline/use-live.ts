import type { LiveEventJson, SensorDetailJson, SeriesJson, InstantJson } from '@senio/protocol/api'
import { SECOND } from '@senio/protocol'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { fieldView } from '../fields/index.ts'
import { mergeLatest } from './instant.ts'
import { mergeLive } from './live-merge.ts'
import { createSignal, type Signal } from './signal.ts'
import type { Timeline } from './timeline.ts'
import { useVisible } from './use-media.ts'
import { viewKeys } from './view-keys.ts'

/** Measurements are shown together, so often. */
const SHOW_EVERY_MS = 150
/** More than this at a time are a backlog: asking again is cheaper than merging. */
const MOST_MERGED = 100
/** What can't be merged is asked for again, at most so often. */
const ASK_EVERY_MS = 1.5 * SECOND

export interface Live {
  /** Whether measurements arrive as they are stored. */
  readonly connected: boolean
  /** How many came that are newer than what is shown. */
  readonly unseen: Signal<number>
}

/** Takes new measurements into the cached answers of a view, so that its panels show them. */
export function useLive(sensor: SensorDetailJson, timeline: Timeline): Live {
  const client = useClient()
  const queryClient = useQueryClient()
  const [connected, setConnected] = useState(false)
  const [unseen] = useState(() => createSignal(0))
  const isVisible = useVisible()
  /** Since then, something may have been missed. */
  const wasConnected = useRef(false)
  const { name } = sensor

  useEffect(() => {
    if (!isVisible) return
    let waiting: LiveEventJson[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const askAgain = throttle(ASK_EVERY_MS, (keys: ReadonlySet<'images' | 'series'>) => {
      for (const key of keys) void queryClient.invalidateQueries({ queryKey: viewKeys[key](name) })
    })

    function show(): void {
      timer = undefined
      const events = waiting
      waiting = []
      if (events.length > MOST_MERGED) askAgain.ask('series')
      else merge(queryClient, name, events)
      if (events.some((event) => hasFetched(queryClient, name, event))) askAgain.ask('images')
      moveOn(queryClient, name, timeline, events)
      const { to } = timeline.range.get()
      if (!timeline.isFollowing()) {
        unseen.set(unseen.get() + events.filter(({ timestamp }) => timestamp >= to).length)
      }
    }

    const stopListening = client.live(name, {
      onMeasurement(measurement) {
        waiting.push(measurement)
        timer ??= setTimeout(show, SHOW_EVERY_MS)
      },
      onConnected(now) {
        setConnected(now)
        // What came while nobody listened isn't repeated.
        if (now && wasConnected.current) {
          timeline.tick()
          void queryClient.invalidateQueries({ queryKey: queryKeys.sensor(name) })
        }
        wasConnected.current ||= now
      },
    })
    const stopCounting = timeline.choice.subscribe(() => {
      if (timeline.isFollowing()) unseen.set(0)
    })
    return () => {
      clearTimeout(timer)
      askAgain.stop()
      stopListening()
      stopCounting()
      setConnected(false)
    }
  }, [client, queryClient, name, timeline, unseen, isVisible])

  return { connected, unseen }
}

function merge(queryClient: QueryClient, name: string, events: readonly LiveEventJson[]): void {
  queryClient.setQueriesData<SeriesJson>(
    {
      queryKey: viewKeys.series(name),
      type: 'active',
      predicate: ({ queryKey }) => !queryKey.includes('before'),
    },
    (series) => (series === undefined ? undefined : events.reduce(mergeLive, series)),
  )
  queryClient.setQueryData<InstantJson>(viewKeys.latest(name), (latest) =>
    latest === undefined ? undefined : events.reduce(mergeLatest, latest),
  )
}

/** Whether a measurement holds values of a type whose panels fetch by themselves. */
function hasFetched(queryClient: QueryClient, name: string, { data }: LiveEventJson): boolean {
  const fields = queryClient.getQueryData<SensorDetailJson>(queryKeys.sensorDetail(name))?.fields ?? {}
  return Object.keys(data).some((field) => {
    const type = fields[field]?.type
    return type !== undefined && fieldView(type).series === null
  })
}

function moveOn(
  queryClient: QueryClient,
  name: string,
  timeline: Timeline,
  events: readonly LiveEventJson[],
): void {
  const newest = Math.max(...events.map(({ timestamp }) => timestamp))
  const oldest = Math.min(...events.map(({ timestamp }) => timestamp))
  queryClient.setQueryData<SensorDetailJson>(queryKeys.sensorDetail(name), (detail) => {
    if (detail === undefined) return undefined
    const first = Math.min(detail.first ?? oldest, oldest)
    const last = Math.max(detail.last ?? newest, newest)
    return first === detail.first && last === detail.last ? detail : { ...detail, first, last }
  })
  timeline.tick()
}

function throttle<Key>(ms: number, run: (keys: ReadonlySet<Key>) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new Set<Key>()
  return {
    ask(key: Key): void {
      asked.add(key)
      timer ??= setTimeout(() => {
        timer = undefined
        const keys = asked
        asked = new Set()
        run(keys)
      }, ms)
    },
    stop: () => clearTimeout(timer),
  }
}
