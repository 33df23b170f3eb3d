import type { FieldSeriesJson } from '@senio/protocol/api'
import { useRef } from 'react'
import type uPlot from 'uplot'
import type { LongestPause } from '../../timeline/gaps.ts'
import { contains } from '../../timeline/range.ts'
import { numberAt } from '../../timeline/reading.ts'
import type { Signal } from '../../timeline/signal.ts'
import { toPixel } from '../../timeline/time-scale.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignalEffect } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'

export interface GraphDotsProps {
  readonly fields: readonly ShownField[]
  readonly hidden: ReadonlySet<string>
  readonly series: Readonly<Record<string, FieldSeriesJson>>
  /** By field, in order: how old each value may become before it is no longer shown. */
  readonly pauses: readonly LongestPause[]
  readonly plot: uPlot | null
  /** Counts its drawings. */
  readonly drawn: Signal<number>
}

/** Marks the values at the cursor on their lines. Moves without rendering. */
export function GraphDots({ fields, hidden, series, pauses, plot, drawn }: GraphDotsProps) {
  const timeline = useTimeline()
  const dots = useRef(new Map<string, HTMLElement>())

  useSignalEffect([timeline.cursor, timeline.range, timeline.plot, drawn], () => {
    const t = timeline.cursor.get()
    const range = timeline.range.get()
    for (const [index, { key }] of fields.entries()) {
      const dot = dots.current.get(key)
      const field = series[key]
      if (dot === undefined) continue
      const longestPause = pauses[index]
      const reading =
        t === null || field === undefined || longestPause === undefined || hidden.has(key)
          ? null
          : numberAt(field, longestPause, t)
      const isShown = plot !== null && reading !== null && reading.isFresh && contains(range, reading.t)
      dot.hidden = !isShown
      if (!isShown) continue
      const x = toPixel(reading.t, range, timeline.plot.get())
      const inPlot = plot.valToPos(reading.value, 'y')
      // A fixed scale may leave it out.
      dot.hidden = inPlot < 0 || inPlot > plot.bbox.height / devicePixelRatio
      const y = inPlot + plot.bbox.top / devicePixelRatio
      dot.style.transform = `translate(${x}px, ${y}px)`
    }
  })

  return fields.map(({ key, color }) => (
    <span
      key={key}
      ref={(element) => {
        if (element === null) dots.current.delete(key)
        else dots.current.set(key, element)
      }}
      hidden
      aria-hidden="true"
      className="pointer-events-none absolute -top-1 -left-1 size-2 rounded-full ring-2 ring-surface"
      style={{ backgroundColor: `var(${color})` }}
    />
  ))
}
