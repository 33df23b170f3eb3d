import type { TimeRange } from '@senio/protocol'
import { useRef } from 'react'
import { readColor, useTheme } from '../../design/theme.ts'
import type { Watchable } from '../signal.ts'
import { toPixel } from '../time-scale.ts'
import { useTimeline } from '../timeline-context.ts'
import { useSignalEffect } from '../use-signal.ts'
import { drawLine, drawTicks } from './draw-overview.ts'
import type { Overview } from './use-overview.ts'

export const OVERVIEW_HEIGHT = 36

export interface OverviewCanvasProps {
  readonly overview: Overview
  readonly domain: Watchable<TimeRange>
}

/** The history as a small picture. Drawn anew only when it grows by a pixel. */
export function OverviewCanvas({ overview, domain }: OverviewCanvasProps) {
  const timeline = useTimeline()
  const { shown: theme } = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<{ readonly overview: Overview; readonly key: string }>(null)

  useSignalEffect([domain, timeline.plot], () => {
    const element = canvas.current
    const plot = timeline.plot.get()
    if (element === null || plot.width === 0) return
    const whole = domain.get()
    const { from, to } = whole
    const perPixel = (to - from) / plot.width
    const key = [from, Math.round(to / perPixel), plot.width, devicePixelRatio, theme].join()
    if (drawn.current?.overview === overview && drawn.current.key === key) return
    drawn.current = { overview, key }
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(plot.width * ratio), Math.round(OVERVIEW_HEIGHT * ratio)]
    element.width = width
    element.height = height
    element.style.width = `${plot.width}px`
    element.style.marginLeft = `${plot.left}px`
    const context = element.getContext('2d')
    if (context === null) return
    const toX = (t: number): number => (toPixel(t, whole, plot) - plot.left) * ratio
    const area = { width, height, ratio, toX }
    const { line, ticks } = overview
    if (line !== null) drawLine(context, line.series, readColor(line.field.color), area)
    if (ticks !== null) drawTicks(context, ticks.series, readColor(ticks.field.color), area)
  })

  return <canvas ref={canvas} aria-hidden="true" className="block" style={{ height: OVERVIEW_HEIGHT }} />
}
