import { VIEW_COLUMNS } from '@senio/protocol'
import type { ReactNode } from 'react'
import type { ShownField } from '../fields/field-view.ts'
import { fieldView } from '../fields/index.ts'
import type { Panel } from '../fields/panels.ts'
import { NoteLane } from '../notes/note-lane.tsx'
import { ShownTracks } from './shown-tracks.tsx'
import { SplitPanel } from './split-panel.tsx'
import { Stage } from './stage.tsx'
import { TimeAxis } from './time-axis.tsx'
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
  const show = (panel: Panel) => (
    <Sized key={panel.key} panel={panel} usual={usual}>
      <ShownTracks tracks={panel.tracks} />
      {panel.missing.length > 0 && renderMissing?.(panel)}
    </Sized>
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
                  <Sized panel={panel} usual={usual}>
                    <SplitPanel panel={panel} height={heightOf(panel, usual)} />
                    {panel.missing.length > 0 && renderMissing?.(panel)}
                  </Sized>
                </div>
              ))}
            </div>
          )
        }
        return key === last?.key ? (
          <Tracks key={key}>
            {members.map(show)}
            {axis}
          </Tracks>
        ) : (
          <Stage key={key}>
            <div className="border-b border-line">{members.map(show)}</div>
          </Stage>
        )
      })}
      {last?.kind !== 'full' && <Tracks>{axis}</Tracks>}
    </>
  )
}

interface SizedProps {
  readonly panel: Panel
  /** Of a graph; CSS pixels. */
  readonly usual: number
  readonly children: ReactNode
}

/** Tells what is in a panel how high it is. */
function Sized({ panel, usual, children }: SizedProps) {
  return (
    <TrackHeightContext value={heightOf(panel, usual)}>
      <TrackScaleContext value={fixedScale(panel.rows)}>{children}</TrackScaleContext>
    </TrackHeightContext>
  )
}

function heightOf({ rows }: Panel, usual: number): number {
  return Math.round(usual * rowScale(rows))
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
