import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { problemText } from '../api/problem-text.ts'
import { queryKeys } from '../api/query-keys.ts'
import { fieldView } from '../fields/index.ts'
import { fieldsOfPanels, type Panel } from '../fields/panels.ts'
import { ViewerInUrl } from '../viewer/viewer-in-url.tsx'
import { extentOf } from './extent.ts'
import { Moments, Player } from './moments.tsx'
import { NothingHere } from './nothing-here.tsx'
import { OverviewStrip } from './overview/overview-strip.tsx'
import { PanelTracks } from './panel-tracks.tsx'
import { type Extent, firstChoice, spanOf } from './range.ts'
import { NarrowControls, RangeBar } from './range-bar.tsx'
import { SensorsContext } from './sensors-context.ts'
import { SeriesContext } from './series-context.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { TimelineContext } from './timeline-context.ts'
import { TagBanner } from '../tags/tag-banner.tsx'
import { TagScope } from '../tags/tag-scope.tsx'
import { useLive } from './use-live.ts'
import { useMedia, useVisible } from './use-media.ts'
import { useSeries } from './use-series.ts'
import { useSignal } from './use-signal.ts'
import { useViewSearch, useViewUrl } from './use-view-url.ts'
import { isOnItsOwn, NARROW_VIEW } from './view-layout.ts'
import { shownZone } from './zone.ts'
import { text } from './texts.ts'

const FASTEST_TICK_MS = 250
const SLOWEST_TICK_MS = 30_000
/** Beside the navigation there is room for the tracks and the moment. */
const BESIDE = '(min-width: 80rem)'

export interface TimelineViewProps {
  /** Whose fields are shown, each once. At least one of them has values. */
  readonly sensors: readonly SensorDetailJson[]
  /** The same array until something in it changes. */
  readonly panels: readonly Panel[]
  /** The first line, given the controls that it holds where there is little room. */
  readonly renderHeader: (controls: ReactNode) => ReactNode
  /** How a panel is shown whose fields were deleted. */
  readonly renderMissing?: ((panel: Panel) => ReactNode) | undefined
  /** Whether the moment at the cursor stands beside the tracks where the window is wide enough. */
  readonly hasAside?: boolean
}

/** Panels over one range and one cursor: those of a sensor, or those that somebody composed. */
export function TimelineView(props: TimelineViewProps) {
  const { choice, pinned } = useViewSearch()
  const { sensors } = props
  const extent = useMemo(() => extentOf(sensors), [sensors])
  // An address without a range means what it meant when the view was opened.
  const [fallback] = useState(() => firstChoice(Date.now(), extent))
  const [timeline] = useState(() =>
    createTimeline({ now: Date.now, extent, choice: choice ?? fallback, pinned }),
  )
  useViewUrl(timeline, fallback)
  useClock(timeline)
  useEffect(() => timeline.setExtent(extent), [timeline, extent])
  // Every label says its time in the zone: they are all made anew.
  const zone = useSignal(shownZone)
  return (
    <SensorsContext value={sensors}>
      <TimelineContext value={timeline}>
        <TagScope>
          <Panels key={zone} {...props} extent={extent} timeline={timeline} />
        </TagScope>
      </TimelineContext>
    </SensorsContext>
  )
}

interface PanelsProps extends TimelineViewProps {
  readonly extent: Extent
  readonly timeline: Timeline
}

function Panels({
  sensors,
  panels,
  renderHeader,
  renderMissing,
  hasAside = true,
  extent,
  timeline,
}: PanelsProps) {
  const queryClient = useQueryClient()
  const fields = useMemo(() => fieldsOfPanels(panels), [panels])
  const live = useLive(sensors, timeline)
  const series = useSeries(fields, timeline)
  const isNarrow = useMedia(NARROW_VIEW)
  // Panels beside others show the moment in their own place.
  const moments = panels
    .flatMap((panel) => (isOnItsOwn(panel, isNarrow) ? [] : panel.tracks))
    .filter(({ fields: [first] }) => fieldView(first.type).Moment !== null)
  const isBeside = useMedia(BESIDE) && hasAside && moments.length > 0
  const played = fields.filter(({ type }) => fieldView(type).Player !== null)
  const [above = [], below = []] = [true, false].map((first) =>
    moments.filter((track) => fieldView(track.fields[0].type).momentFirst === first),
  )

  const controls = {
    live,
    isFetching: series.isFetching,
    onRefresh() {
      timeline.tick()
      for (const { name } of sensors) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.sensor(name) })
      }
    },
  }

  return (
    <SeriesContext value={series.data}>
      {renderHeader(<NarrowControls live={live} />)}
      <RangeBar {...controls} />
      <TagBanner />
      {series.error !== null && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {problemText(series.error)}
        </p>
      )}
      <div className={isBeside ? 'mt-3 flex items-start gap-4' : 'mt-3'}>
        {!isBeside && (
          <>
            <Moments
              tracks={above}
              className="sticky top-14 z-20 auto-cols-[minmax(9rem,1fr)] grid-flow-col overflow-x-auto bg-canvas py-2 lg:top-0"
            />
            <Player fields={played} className="sm:w-80" />
          </>
        )}
        <div
          data-timeline
          className="relative min-w-0 flex-1 rounded-xl border border-line bg-surface shadow-low"
        >
          <PanelTracks panels={panels} fields={fields} renderMissing={renderMissing} />
          <OverviewStrip extent={extent} fields={fields} />
          <NothingHere extent={extent} isLoading={series.isLoading} />
        </div>
        {isBeside ? (
          <aside
            aria-label={text('atCursor')}
            className="sticky top-3 -m-1 max-h-[calc(100dvh-1.5rem)] w-[min(max(28.5rem,24vw),32%)] shrink-0 overflow-y-auto p-1"
          >
            <Moments tracks={above} className="" />
            <Player fields={played} />
            <Moments tracks={below} className="" />
          </aside>
        ) : (
          <Moments tracks={below} className="my-3" />
        )}
      </div>
      <ViewerInUrl />
    </SeriesContext>
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
