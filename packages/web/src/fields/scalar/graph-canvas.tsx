import 'uplot/dist/uPlot.min.css'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { readColor, useTheme } from '../../design/theme.ts'
import { useTrackHeight } from '../../timeline/track-height.ts'
import { createSignal, type Signal } from '../../timeline/signal.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useSignal, useSignalEffect } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'
import type { AlignedSeries } from './align-series.ts'
import { type GraphColors, graphOptions } from './graph-options.ts'
import type { ValueScale } from './value-scale.ts'

export interface GraphCanvasProps {
  readonly fields: readonly ShownField[]
  readonly hidden: ReadonlySet<string>
  readonly aligned: AlignedSeries
  readonly scale: ValueScale
  /** Is told what the value axis shows. */
  readonly axis: RefObject<readonly [number, number]>
  /** What stands on top, given the plot, which is null until there is one, and a count of its drawings. */
  readonly children: (plot: uPlot | null, drawn: Signal<number>) => ReactNode
}

/** Draws the lines; follows the range without rendering. */
export function GraphCanvas({ fields, hidden, aligned, scale, axis, children }: GraphCanvasProps) {
  const timeline = useTimeline()
  const { shown: theme } = useTheme()
  const box = useSignal(timeline.plot)
  const host = useRef<HTMLDivElement>(null)
  const [plot, setPlot] = useState<uPlot | null>(null)
  const least = useTrackHeight()
  const [height, setHeight] = useState(least)
  const data = useMemo(() => toPlotData(aligned), [aligned])
  const newest = useRef(data)
  const [drawn] = useState(() => createSignal(0))

  // Beside a higher panel it fills its own.
  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const measure = (): void => setHeight(Math.max(least, element.clientHeight))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [least])

  useEffect(() => {
    newest.current = data
    plot?.batch(() => {
      plot.setData(data, false)
      plot.setScale('x', limitsOf(timeline.range.get()))
    })
  }, [data, plot, timeline])

  useEffect(() => {
    const element = host.current
    if (element === null || box.width <= 0) return
    const made = new uPlot(
      graphOptions({
        width: element.clientWidth,
        height,
        plot: box,
        fields,
        shown: fields.map(({ key }) => !hidden.has(key)),
        colors: colorsOf(fields),
        font: `11px ${getComputedStyle(document.body).fontFamily}`,
        theme,
        range: timeline.range.get,
        scale,
      }),
      newest.current,
      element,
    )
    made.setScale('x', limitsOf(timeline.range.get()))
    // New values move the scale only when they are drawn.
    const { hooks } = made
    hooks.draw = [...(hooks.draw ?? []), () => onDrawn(made)]
    function onDrawn({ scales }: uPlot): void {
      axis.current = [scales['y']?.min ?? 0, scales['y']?.max ?? 1]
      drawn.set(drawn.get() + 1)
    }
    setPlot(made)
    return () => {
      made.destroy()
      setPlot(null)
    }
  }, [fields, hidden, height, box, theme, timeline, drawn, scale, axis])

  useSignalEffect([timeline.range], () => plot?.setScale('x', limitsOf(timeline.range.get())))

  return (
    <div
      data-drag="zoom"
      className="relative shrink-0 grow touch-pan-y cursor-crosshair"
      style={{ minHeight: least }}
    >
      <div ref={host} aria-hidden="true" className="absolute inset-0" />
      {children(plot, drawn)}
    </div>
  )
}

function limitsOf({ from, to }: { readonly from: number; readonly to: number }) {
  return { min: from, max: to }
}

function toPlotData({ t, fields }: AlignedSeries): uPlot.AlignedData {
  return [t, ...fields.flatMap(({ min, mean, max }) => [min, mean, max])]
}

function colorsOf(fields: readonly ShownField[]): GraphColors {
  const lines = fields.map(({ color }) => readColor(color))
  return {
    text: readColor('--muted'),
    grid: readColor('--line'),
    surface: readColor('--surface'),
    lines,
    bands: lines.map((color) => color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.22)')),
  }
}
