import type { FieldSeriesJson } from '@senio/protocol/api'
import { contains } from '../../timeline/range.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useThrottled } from '../../timeline/use-signal.ts'
import type { ShownField } from '../field-view.ts'
import { formatNumber } from './format-number.ts'
import { statisticsOf } from './statistics.ts'
import { text } from './texts.ts'

const UPDATE_EVERY_MS = 300

export interface LegendStatisticsProps {
  readonly fields: readonly ShownField[]
  readonly series: Readonly<Record<string, FieldSeriesJson>>
}

/** Least, mean and greatest of what is in sight, a row for each field. */
export function LegendStatistics({ fields, series }: LegendStatisticsProps) {
  const timeline = useTimeline()
  const range = useThrottled([timeline.range], timeline.range.get, UPDATE_EVERY_MS)
  return (
    <table className="reading mb-1 ml-2 text-xs text-muted">
      <thead className="sr-only">
        <tr>
          {[text('field'), text('least'), text('mean'), text('greatest')].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ key, label, color }) => {
          const found = statisticsOf(series[key], (t) => contains(range, t))
          return (
            <tr key={key}>
              <th scope="row" className="py-0.5 pr-4 pl-1.5 text-left font-normal">
                <span
                  aria-hidden="true"
                  className="mr-2 inline-block h-0.5 w-3.5 rounded-full align-middle"
                  style={{ backgroundColor: `var(${color})` }}
                />
                {label}
              </th>
              {(['min', 'mean', 'max'] as const).map((part) => (
                <td key={part} className="pr-4 whitespace-nowrap">
                  <span aria-hidden="true">{`${part} `}</span>
                  <span className="font-medium text-ink">
                    {found === null ? '–' : formatNumber(found[part])}
                  </span>
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
