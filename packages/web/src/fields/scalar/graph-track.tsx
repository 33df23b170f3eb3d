import { Sigma } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { pausesOf } from '../../timeline/gaps.ts'
import { useSeriesData } from '../../timeline/series-context.ts'
import { Track } from '../../timeline/track.tsx'
import { useSignal } from '../../timeline/use-signal.ts'
import type { PanelProps } from '../field-view.ts'
import { alignSeries } from './align-series.ts'
import { trackButtonStyle } from '../../design/track-button-style.ts'
import { GraphCanvas } from './graph-canvas.tsx'
import { GraphDots } from './graph-dots.tsx'
import { GraphSummary } from './graph-summary.tsx'
import { useHiddenFields } from './hidden-fields.ts'
import { LegendItem } from './legend-item.tsx'
import { LegendStatistics } from './legend-statistics.tsx'
import { ScalePicker } from './scale-picker.tsx'
import { statisticsShown } from './shown-statistics.ts'
import { shownUnit } from './units.ts'
import { storedScale } from './value-scale.ts'
import { text } from './texts.ts'

/** Numbers of one unit over time: a line each, with the band between the least and the greatest. */
export function GraphTrack({ fields }: PanelProps) {
  const { fields: series } = useSeriesData()
  const [hidden, toggle] = useHiddenFields()
  const aligned = useMemo(() => alignSeries(fields.map(({ key }) => series[key])), [fields, series])
  const pauses = useMemo(
    () => fields.map(({ key }) => pausesOf(series[key]?.t ?? [], series[key]?.bucket ?? 0)),
    [fields, series],
  )

  const unit = shownUnit(fields[0]?.unit ?? '')
  const [stored] = useState(() => storedScale(fields[0]?.sensor ?? '', unit))
  const scale = useSignal(stored)
  const hasStatistics = useSignal(statisticsShown) === true
  const axis = useRef<readonly [number, number]>([0, 1])

  const legend = fields.map((field, index) => (
    <LegendItem
      key={field.key}
      field={field}
      series={series[field.key]}
      longestPause={pauses[index] ?? forEver}
      isShown={!hidden.has(field.key)}
      onToggle={fields.length > 1 ? () => toggle(field.key) : null}
    />
  ))
  return (
    <Track
      header={
        <>
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-1 gap-y-0.5">{legend}</div>
          <span className="flex self-start">
            <button
              type="button"
              aria-pressed={hasStatistics}
              aria-label={text('statistics')}
              title={text('statistics')}
              onClick={() => statisticsShown.set(hasStatistics ? null : true)}
              className={trackButtonStyle(hasStatistics)}
            >
              <Sigma aria-hidden="true" />
            </button>
            <ScalePicker unit={unit} scale={scale} shown={() => axis.current} onChange={stored.set} />
          </span>
        </>
      }
    >
      {hasStatistics && <LegendStatistics fields={fields} series={series} />}
      <GraphCanvas fields={fields} hidden={hidden} aligned={aligned} scale={scale} axis={axis}>
        {(plot, drawn) => (
          <GraphDots
            fields={fields}
            hidden={hidden}
            series={series}
            pauses={pauses}
            plot={plot}
            drawn={drawn}
          />
        )}
      </GraphCanvas>
      <GraphSummary fields={fields} series={series} />
    </Track>
  )
}

function forEver(): number {
  return Number.POSITIVE_INFINITY
}
