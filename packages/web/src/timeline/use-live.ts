import type { LiveEventJson, SensorDetailJson, SeriesJson, InstantJson } from '@senio/protocol/api'
import { SECOND } from '@senio/protocol'
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
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

/** The server listens to no more at a time; those of others are seen when they are asked for. */
const MOST_SENSORS = 100

/** Before anything, ms. */
const NEVER = Number.NEGATIVE_INFINITY

export interface Live {
  /** Whether measurements arrive as they are stored. */
  readonly connected: boolean
  /** How many came that are newer than what is shown, at least: those that came while nobody listened count as one. */
  readonly unseen: Signal<number>
}

/**
 * Takes new measurements into the cached answers of a view, so that its panels show them. All sensors share a stream:
 * browsers open only a few to one server.
 */
export function useLive(sensors: readonly SensorDetailJson[], timeline: Timeline): Live {
  const client = useClient()
  const queryClient = useQueryClient()
  const [connected, setConnected] = useState(false)
  const [unseen] = useState(() => createSignal(0))
  const isVisible = useVisible()
  /** Since then, anything may have been missed: the newest values, and others. */
  const wasConnected = useRef(false)
  const names = sensors.map(({ name }) => name).join()

  useEffect(() => {
    if (!isVisible || names === '') return
    const listened = names.split(',').slice(0, MOST_SENSORS)
    let waiting = new Map<string, LiveEventJson[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    /** The newest of each sensor that was counted when it was told, and when it was found by asking: none is counted twice. */
    const told = new Map<string, number>()
    const found = new Map<string, number>()
    const askAgain = throttle(ASK_EVERY_MS, (keys) => {
      for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
    })

    function show(): void {
      timer = undefined
      const all = waiting
      waiting = new Map()
      for (const [name, events] of all) {
        if (events.length > MOST_MERGED) askAgain.ask(viewKeys.series(name))
        else merge(queryClient, name, events)
        if (events.some((event) => hasFetched(queryClient, name, event))) askAgain.ask(viewKeys.images(name))
        extend(queryClient, name, events)
      }
      timeline.tick()
      const { to } = timeline.range.get()
      if (!timeline.isFollowing()) {
        unseen.set(unseen.get() + countNew(all, to))
      }
    }

    /** Those after `to` that weren't found by asking before they were told. */
    function countNew(events: ReadonlyMap<string, readonly LiveEventJson[]>, to: number): number {
      let count = 0
      for (const [name, ofSensor] of events) {
        const times = ofSensor.map(({ timestamp }) => timestamp)
        count += times.filter((time) => time >= to && time > (found.get(name) ?? NEVER)).length
        told.set(name, Math.max(told.get(name) ?? NEVER, ...times))
      }
      return count
    }

    /** What was stored while nobody listened isn't repeated. */
    async function catchUp(name: string, isAgain: boolean): Promise<void> {
      const queryKey = queryKeys.sensorDetail(name)
      const known = queryClient.getQueryData<SensorDetailJson>(queryKey)
      if (!isAgain) {
        // The view has only just asked for everything: mostly nothing is new since.
        await queryClient.refetchQueries({ queryKey, exact: true })
        if (queryClient.getQueryData(queryKey) === known) return
      }
      timeline.tick()
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensor(name) })
      const last = queryClient.getQueryData<SensorDetailJson>(queryKey)?.last ?? NEVER
      const isNewer = last > Math.max(known?.last ?? NEVER, told.get(name) ?? NEVER)
      if (isNewer && last >= timeline.range.get().to && !timeline.isFollowing()) {
        found.set(name, last)
        unseen.set(unseen.get() + 1)
      }
    }

    const stopListening = client.liveOf(listened, {
      onMeasurement(measurement, name) {
        waiting.set(name, [...(waiting.get(name) ?? []), measurement])
        timer ??= setTimeout(show, SHOW_EVERY_MS)
      },
      onConnected(now) {
        setConnected(now)
        if (!now) return
        const isAgain = wasConnected.current
        wasConnected.current = true
        for (const name of listened) void catchUp(name, isAgain)
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
      // Nobody listens from now on.
      wasConnected.current = true
    }
  }, [client, queryClient, names, timeline, unseen, isVisible])

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
  queryClient.setQueriesData<InstantJson>({ queryKey: viewKeys.latest(name), type: 'active' }, (latest) =>
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

/** The sensor's oldest and newest value. */
function extend(queryClient: QueryClient, name: string, events: readonly LiveEventJson[]): void {
  const newest = Math.max(...events.map(({ timestamp }) => timestamp))
  const oldest = Math.min(...events.map(({ timestamp }) => timestamp))
  queryClient.setQueryData<SensorDetailJson>(queryKeys.sensorDetail(name), (detail) => {
    if (detail === undefined) return undefined
    const first = Math.min(detail.first ?? oldest, oldest)
    const last = Math.max(detail.last ?? newest, newest)
    return first === detail.first && last === detail.last ? detail : { ...detail, first, last }
  })
}

function throttle(ms: number, run: (keys: readonly QueryKey[]) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new Map<string, QueryKey>()
  return {
    ask(key: QueryKey): void {
      asked.set(key.join(), key)
      timer ??= setTimeout(() => {
        timer = undefined
        const keys = [...asked.values()]
        asked = new Map()
        run(keys)
      }, ms)
    },
    stop: () => clearTimeout(timer),
  }
}
