import { VIEW_COLUMNS } from '@senio/protocol'
import { type ReactNode, Suspense } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import type { ShownField } from '../fields/field-view.ts'
import { fieldView } from '../fields/index.ts'
import type { Panel } from '../fields/panels.ts'
import { NoteLane } from '../notes/note-lane.tsx'
import { Stage } from './stage.tsx'
import { PlainAxis, TimeAxis } from './time-axis.tsx'
import { fixedScale, rowScale, TrackHeightContext, trackHeight, TrackScaleContext } from './track-height.ts'
import { Tracks } from './tracks.tsx'
import { useMedia, useWindowSize } from './use-media.ts'
import { bandsOf, NARROW_VIEW } from './view-layout.ts'

export interface PanelTracksProps {
  readonly panels: readonly Panel[]
  /** Of all panels. */
  readonly fields: readonly ShownField[]
  readonly renderMissing: ((panel: Panel) => ReactNode) | undefined
}

/** Panels along the time axis, which is the last of them. */
export function PanelTracks({ panels, fields, renderMissing }: PanelTracksProps) {
  const bands = bandsOf(panels, useMedia(NARROW_VIEW))
  const usual = useUsualHeight(panels)
  const last = bands.at(-1)
  const axis = (
    <>
      <NoteLane />
      <TimeAxis fields={fields} />
    </>
  )
  const show = (panel: Panel, isNarrow = false) => (
    <OnePanel key={panel.key} panel={panel} usual={usual} isNarrow={isNarrow}>
      {renderMissing}
    </OnePanel>
  )
  return (
    <>
      {bands.map(({ kind, key, panels: members }) => {
        if (kind === 'split') {
          return (
            <div key={key} className="grid grid-cols-12 border-b border-line">
              {members.map((panel, index) => (
                <div
                  key={panel.key}
                  className={index === 0 ? 'min-w-0' : 'min-w-0 border-l border-line'}
                  style={{ gridColumn: `span ${Math.min(panel.columns, VIEW_COLUMNS)}` }}
                >
                  <Stage>
                    {show(panel, true)}
                    {hasTrack(panel) && <PlainAxis />}
                  </Stage>
                </div>
              ))}
            </div>
          )
        }
        return key === last?.key ? (
          <Tracks key={key}>
            {members.map((panel) => show(panel))}
            {axis}
          </Tracks>
        ) : (
          <Stage key={key}>
            <div className="border-b border-line">{members.map((panel) => show(panel))}</div>
          </Stage>
        )
      })}
      {last?.kind !== 'full' && <Tracks>{axis}</Tracks>}
    </>
  )
}

/** A graph's legend and axis: what stands beside it is as high. */
const AROUND_PLOT = 88

/** What shows the moment fills the panel, which is its frame. */
const momentStyle =
  'flex h-full flex-col [&>figure]:flex [&>figure]:min-h-0 [&>figure]:flex-1 [&>figure]:flex-col [&>figure]:rounded-none [&>figure]:border-0 [&>figure]:shadow-none [&>figure>div]:!aspect-auto [&>figure>div]:!h-auto [&>figure>div]:!max-h-none [&>figure>div]:flex-1'

interface OnePanelProps {
  readonly panel: Panel
  /** Of a graph; CSS pixels. */
  readonly usual: number
  /** Whether it stands beside others: there what has a moment shows that alone. */
  readonly isNarrow: boolean
  readonly children: ((panel: Panel) => ReactNode) | undefined
}

function OnePanel({ panel, usual, isNarrow, children }: OnePanelProps) {
  const height = Math.round(usual * rowScale(panel.rows))
  return (
    <TrackHeightContext value={height}>
      <TrackScaleContext value={fixedScale(panel.rows)}>
        {panel.tracks.map(({ key, fields }) => {
          const { Track, Moment } = fieldView(fields[0].type)
          const Shown = isNarrow ? (Moment ?? Track) : Track
          return (
            Shown !== null && (
              <Suspense key={key} fallback={<Skeleton className="m-3 h-40" />}>
                {Shown === Moment ? (
                  <div className={momentStyle} style={{ minHeight: height + AROUND_PLOT }}>
                    <Shown fields={fields} />
                  </div>
                ) : (
                  <Shown fields={fields} />
                )}
              </Suspense>
            )
          )
        })}
        {panel.missing.length > 0 && children?.(panel)}
      </TrackScaleContext>
    </TrackHeightContext>
  )
}

/** Whether anything in a narrow panel lies along the time axis. */
function hasTrack({ tracks }: Panel): boolean {
  return tracks.some(({ fields: [first] }) => fieldView(first.type).Moment === null)
}

/** How high a graph is of which nobody said that it should be higher or lower. */
function useUsualHeight(panels: readonly Panel[]): number {
  const tracks = panels.flatMap(({ tracks: own, rows, columns }) =>
    own.map(({ fields: [first] }) => ({ view: fieldView(first.type), rows, share: columns / VIEW_COLUMNS })),
  )
  const along = tracks.filter(({ view }) => view.Track !== null)
  const graphs = along.filter(({ view }) => view.series === 'pixels')
  return trackHeight(useWindowSize(), {
    graphs: graphs.reduce((sum, { rows, share }) => sum + rowScale(rows) * share, 0),
    others: along.length - graphs.length,
  })
}
