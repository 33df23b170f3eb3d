import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { queryKeys } from '../api/query-keys.ts'
import { problemText } from '../api/problem-text.ts'
import { classNames } from '../design/class-names.ts'
import { Skeleton } from '../design/skeleton.tsx'
import type { ShownField } from '../fields/field-view.ts'
import { fieldView } from '../fields/index.ts'
import { type Panel, panelsOf } from '../fields/panels.ts'
import { TrackHeightContext, trackHeight } from './track-height.ts'
import { ViewHeader } from './view-header.tsx'
import { ViewerInUrl } from '../viewer/viewer-in-url.tsx'
import { NothingHere } from './nothing-here.tsx'
import { OverviewStrip } from './overview/overview-strip.tsx'
import { firstChoice, spanOf } from './range.ts'
import { NarrowControls, RangeBar } from './range-bar.tsx'
import { SeriesContext } from './series-context.ts'
import { TimeAxis } from './time-axis.tsx'
import { createTimeline, type Timeline } from './timeline.ts'
import { TimelineContext } from './timeline-context.ts'
import { Tracks } from './tracks.tsx'
import { useLive } from './use-live.ts'
import { useMedia, useVisible, useWindowSize } from './use-media.ts'
import { useSeries } from './use-series.ts'
import { useSignal } from './use-signal.ts'
import { useViewSearch, useViewUrl } from './use-view-url.ts'
import { shownZone } from './zone.ts'

const FASTEST_TICK_MS = 250
const SLOWEST_TICK_MS = 30_000
/** Beside the navigation there is room for the tracks and the moment. */
const BESIDE = '(min-width: 80rem)'

/** The panels of a sensor that has values. */
export function TimelineView({ sensor }: { readonly sensor: SensorDetailJson }) {
  const { choice, pinned } = useViewSearch()
  // An address without a range means what it meant when the view was opened.
  const [fallback] = useState(() => firstChoice(Date.now(), sensor))
  const [timeline] = useState(() =>
    createTimeline({ now: Date.now, extent: sensor, choice: choice ?? fallback, pinned }),
  )
  useViewUrl(timeline, fallback)
  useClock(timeline)
  useEffect(() => timeline.setExtent(sensor), [timeline, sensor])
  // Every label says its time in the zone: they are all made anew.
  const zone = useSignal(shownZone)
  return (
    <TimelineContext value={timeline}>
      <Panels key={zone} sensor={sensor} timeline={timeline} />
    </TimelineContext>
  )
}

function Panels({ sensor, timeline }: { readonly sensor: SensorDetailJson; readonly timeline: Timeline }) {
  const queryClient = useQueryClient()
  const live = useLive(sensor, timeline)
  const series = useSeries(sensor, timeline)
  const panels = useMemo(() => panelsOf(sensor.fields), [sensor.fields])
  const fields = useMemo(() => panels.flatMap((panel) => panel.fields), [panels])
  const isBeside = useMedia(BESIDE)
  const graphs = panels.filter(({ fields: [first] }) => fieldView(first.type).series === 'pixels')
  const tracks = panels.filter(({ fields: [first] }) => fieldView(first.type).Track !== null)
  const height = trackHeight(useWindowSize(), {
    graphs: graphs.filter((panel) => tracks.includes(panel)).length,
    others: tracks.filter((panel) => !graphs.includes(panel)).length,
  })
  const moments = panels.filter(({ fields: [first] }) => fieldView(first.type).Moment !== null)
  const played = fields.filter(({ type }) => fieldView(type).Player !== null)
  const [above, below] = [true, false].map((first) =>
    moments.filter((panel) => fieldView(panel.fields[0].type).momentFirst === first),
  )

  const controls = {
    live,
    isFetching: series.isFetching,
    onRefresh() {
      timeline.tick()
      void queryClient.invalidateQueries({ queryKey: queryKeys.sensor(sensor.name) })
    },
  }

  return (
    <SeriesContext value={series.data}>
      <ViewHeader name={sensor.name}>
        <NarrowControls {...controls} />
      </ViewHeader>
      <RangeBar {...controls} />
      {series.error !== null && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {problemText(series.error)}
        </p>
      )}
      <div className="mt-3 gap-4 xl:flex xl:items-start">
        {!isBeside && above !== undefined && above.length > 0 && (
          <Moments
            sensor={sensor.name}
            panels={above}
            className="sticky top-14 z-20 auto-cols-fr grid-flow-col bg-canvas py-2 lg:top-0"
          />
        )}
        {!isBeside && <Player sensor={sensor.name} fields={played} />}
        <div className="relative min-w-0 flex-1 rounded-xl border border-line bg-surface shadow-low">
          <Tracks>
            <TrackHeightContext value={height}>
              {panels.map((panel) => (
                <PanelTrack key={panel.key} sensor={sensor.name} panel={panel} />
              ))}
            </TrackHeightContext>
            <TimeAxis sensor={sensor.name} fields={fields} />
          </Tracks>
          <OverviewStrip sensor={sensor} fields={fields} />
          <NothingHere sensor={sensor} isLoading={series.isLoading} />
        </div>
        {isBeside ? (
          moments.length > 0 && (
            <aside aria-label="At the cursor" className="sticky top-4 w-[min(28rem,32%)] shrink-0">
              <Moments sensor={sensor.name} panels={above ?? []} className="" />
              <Player sensor={sensor.name} fields={played} />
              <Moments sensor={sensor.name} panels={below ?? []} className="" />
            </aside>
          )
        ) : (
          <Moments sensor={sensor.name} panels={below ?? []} className="my-3" />
        )}
      </div>
      <ViewerInUrl sensor={sensor} />
    </SeriesContext>
  )
}

function PanelTrack({ sensor, panel }: { readonly sensor: string; readonly panel: Panel }) {
  const { Track } = fieldView(panel.fields[0].type)
  if (Track === null) return null
  return (
    <Suspense fallback={<Skeleton className="m-3 h-40" />}>
      <Track sensor={sensor} fields={panel.fields} />
    </Suspense>
  )
}

function Player({ sensor, fields }: { readonly sensor: string; readonly fields: readonly ShownField[] }) {
  const [first] = fields
  const Controls = first === undefined ? null : fieldView(first.type).Player
  if (Controls === null) return null
  return (
    <div className="mb-2 min-h-11 xl:my-3">
      <Suspense fallback={null}>
        <Controls sensor={sensor} fields={fields} />
      </Suspense>
    </div>
  )
}

interface MomentsProps {
  readonly sensor: string
  readonly panels: readonly Panel[]
  readonly className: string
}

function Moments({ sensor, panels, className }: MomentsProps) {
  if (panels.length === 0) return null
  return (
    <div className={classNames('grid gap-3', className)}>
      {panels.map((panel) => {
        const { Moment } = fieldView(panel.fields[0].type)
        return (
          Moment !== null && (
            <Suspense key={panel.key} fallback={<Skeleton className="h-48" />}>
              <Moment sensor={sensor} fields={panel.fields} />
            </Suspense>
          )
        )
      })}
    </div>
  )
}

/** Moves a range that follows now, about once a pixel. */
function useClock(timeline: Timeline): void {
  const isVisible = useVisible()
  useEffect(() => {
    if (!isVisible) return
    let timer: ReturnType<typeof setTimeout>
    function tick(): void {
      timeline.tick()
      const perPixel = spanOf(timeline.range.get()) / Math.max(100, timeline.plot.get().width)
      timer = setTimeout(tick, Math.min(SLOWEST_TICK_MS, Math.max(FASTEST_TICK_MS, perPixel)))
    }
    tick()
    return () => clearTimeout(timer)
  }, [timeline, isVisible])
}
