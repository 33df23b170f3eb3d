import type { TimeRange } from '@senio/protocol'
import { formatContext, formatMonth, formatTick } from '../format-time.ts'
import type { Watchable } from '../signal.ts'
import { toPixel } from '../time-scale.ts'
import { type TickStep, tickStep, timeTicks } from '../time-ticks.ts'
import { useTimeline } from '../timeline-context.ts'
import { useSignal, useThrottled } from '../use-signal.ts'
import { calendarOf } from '../zone.ts'

const LABEL_ROOM = 72
const UPDATE_EVERY_MS = 1000

/** Times under the overview. */
export function OverviewLabels({ domain }: { readonly domain: Watchable<TimeRange> }) {
  const { plot } = useTimeline()
  const box = useSignal(plot)
  const whole = useThrottled([domain], domain.get, UPDATE_EVERY_MS)
  if (box.width === 0) return null
  const step = tickStep(whole, box.width, LABEL_ROOM)
  return (
    <div aria-hidden="true" className="reading text-[0.6875rem] leading-3.5 text-muted">
      {timeTicks(whole, step).map((t) => {
        const x = Math.round(toPixel(t, whole, box))
        return (
          x + LABEL_ROOM / 2 < box.left + box.width && (
            <span
              key={t}
              className="absolute bottom-0 left-0 border-l border-line-strong pl-1 whitespace-nowrap"
              style={{ transform: `translateX(${x}px)` }}
            >
              {labelOf(t, step)}
            </span>
          )
        )
      })}
    </div>
  )
}

/** There is one row only: days and months say what they belong to. */
function labelOf(t: number, step: TickStep): string {
  const isDay = step.unit === 'day' || (step.unit === 'hour' && calendarOf(t).hour === 0)
  if (isDay) return formatContext(t, 'day', false)
  return step.unit === 'month' ? formatMonth(t) : formatTick(t, step)
}
