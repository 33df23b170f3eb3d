import type { FieldSeriesJson } from '@senio/protocol/api'
import { formatInstant, formatRange } from '../../timeline/format-time.ts'
import { contains, spanOf } from '../../timeline/range.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useThrottled } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'
import { formatScalar } from './format-number.ts'
import { statisticsOf } from './statistics.ts'

const UPDATE_EVERY_MS = 1000

export interface GraphSummaryProps {
  readonly fields: readonly ShownField[]
  readonly series: Readonly<Record<string, FieldSeriesJson>>
}

/** The graph in words, for those who can't see it. */
export function GraphSummary({ fields, series }: GraphSummaryProps) {
  const timeline = useTimeline()
  const range = useThrottled([timeline.range], timeline.range.get, UPDATE_EVERY_MS)
  return (
    <div className="sr-only">
      {fields.map(({ key, label, unit }) => {
        const statistics = statisticsOf(series[key], (t) => contains(range, t))
        if (statistics === null) return <p key={key}>{`${label}: no values in ${formatRange(range)}.`}</p>
        const { count, min, minAt, mean, max, maxAt } = statistics
        const [low, middle, high] = [min, mean, max].map((value) => formatScalar(value, unit))
        const [lowAt, highAt] = [minAt, maxAt].map((t) => formatInstant(t, spanOf(range)))
        return (
          <p key={key}>
            {`${label}, ${formatRange(range)}: ${count} values, lowest ${low} (${lowAt}), mean ${middle}, highest ${high} (${highAt}).`}
          </p>
        )
      })}
    </div>
  )
}
