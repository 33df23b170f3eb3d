import { Suspense } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import { fieldView } from '../fields/index.ts'
import type { Panel } from '../fields/panels.ts'
import { ShownTracks } from './shown-tracks.tsx'
import { Stage } from './stage.tsx'
import { PlainAxis } from './time-axis.tsx'

/** A graph's legend and axis: what stands beside it is as high. */
const AROUND_PLOT = 88

/** What shows the moment fills the panel, which is its frame. */
const momentStyle =
  'flex flex-1 flex-col not-first:border-t not-first:border-line [&>figure]:flex [&>figure]:min-h-0 [&>figure]:flex-1 [&>figure]:flex-col [&>figure]:rounded-none [&>figure]:border-0 [&>figure]:shadow-none [&>figure>div]:!aspect-auto [&>figure>div]:!h-auto [&>figure>div]:!max-h-none [&>figure>div]:flex-1'

/** Plots and axes of panels side by side stand on one line: a legend of more lines takes the room above its plot. */
const alongStyle =
  'flex flex-1 flex-col [&>section]:flex [&>section]:flex-col [&>section:last-of-type]:flex-1 [&>section>[data-drag]]:mt-auto'

export interface SplitPanelProps {
  readonly panel: Panel
  /** Of a graph in it; CSS pixels. */
  readonly height: number
}

/** A panel beside others: what lies along time has an axis of its own, and below it is what shows the moment. */
export function SplitPanel({ panel: { tracks }, height }: SplitPanelProps) {
  const moments = tracks.filter(({ fields: [first] }) => fieldView(first.type).Moment !== null)
  const along = tracks.filter((track) => !moments.includes(track))
  return (
    <div className="flex h-full flex-col">
      {along.length > 0 && (
        <Stage className={alongStyle}>
          <ShownTracks tracks={along} />
          <PlainAxis />
        </Stage>
      )}
      {moments.map(({ key, fields }) => {
        const { Moment } = fieldView(fields[0].type)
        return (
          Moment !== null && (
            <div key={key} className={momentStyle} style={{ minHeight: height + AROUND_PLOT }}>
              <Suspense fallback={<Skeleton className="m-3 h-40" />}>
                <Moment fields={fields} />
              </Suspense>
            </div>
          )
        )
      })}
    </div>
  )
}
