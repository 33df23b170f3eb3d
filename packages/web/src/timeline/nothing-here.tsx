import { Button } from '../design/button.tsx'
import { formatExact } from './format-time.ts'
import { type Extent, namedSpanOf, newestChoice, rangeOf, spanOf } from './range.ts'
import { useTimeline } from './timeline-context.ts'
import { useSignal } from './use-signal.ts'
import { text } from './texts.ts'

export interface NothingHereProps {
  readonly extent: Extent
  readonly isLoading: boolean
}

/** Where the range lies before the first or after the newest value: says so, and leads to where there are values. */
export function NothingHere({ extent, isLoading }: NothingHereProps) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const { first, last } = extent
  if (isLoading || first === null || last === null) return null
  const isAfter = last < range.from
  const isBefore = first >= range.to
  if (!isAfter && !isBefore) return null

  function show(): void {
    const span = spanOf(range)
    if (isAfter) timeline.choose(newestChoice({ first, last }, namedSpanOf(range) ?? 'day'))
    else timeline.zoomTo(rangeOf(Number(first) - span * 0.02, Number(first) + span * 0.98))
  }

  return (
    <div className="absolute inset-x-0 top-14 z-10 grid place-items-center p-4">
      <output className="flex max-w-sm flex-col items-center gap-3 rounded-xl border border-line bg-raised px-6 py-5 text-center shadow-high">
        <p className="font-medium">{text('nothingHere')}</p>
        <p className="text-sm text-muted">
          {isAfter
            ? text('newestOf', { time: formatExact(last) })
            : text('firstOf', { time: formatExact(first) })}
        </p>
        <Button variant="primary" onClick={show}>
          {isAfter ? text('showNewest') : text('showFirst')}
        </Button>
      </output>
    </div>
  )
}
