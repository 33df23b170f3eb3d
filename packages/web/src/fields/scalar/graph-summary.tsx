import type { FieldSeriesJson } from '@senio/protocol/api'
import { formatInstant, formatRange } from '../../timeline/format-time.ts'
import { contains, spanOf } from '../../timeline/range.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useThrottled } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'
import { formatScalar } from './format-number.ts'
import { statisticsOf } from './statistics.ts'
import { text } from './texts.ts'

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
        if (statistics === null)
          return <p key={key}>{text('noValues', { field: label, range: formatRange(range) })}</p>
        const { count, min, minAt, mean, max, maxAt } = statistics
        return (
          <p key={key}>
            {text('summary', {
              field: label,
              range: formatRange(range),
              count,
              low: formatScalar(min, unit),
              lowAt: formatInstant(minAt, spanOf(range)),
              mean: formatScalar(mean, unit),
              high: formatScalar(max, unit),
              highAt: formatInstant(maxAt, spanOf(range)),
            })}
          </p>
        )
      })}
    </div>
  )
}
