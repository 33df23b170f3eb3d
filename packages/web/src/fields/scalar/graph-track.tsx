import { useMemo, useState } from 'react'
import { pausesOf } from '../../timeline/gaps.ts'
import { useSeriesData } from '../../timeline/series-context.ts'
import { Track } from '../../timeline/track.tsx'
import type { PanelProps } from '../field-view.ts'
import { alignSeries } from './align-series.ts'
import { GraphCanvas } from './graph-canvas.tsx'
import { GraphDots } from './graph-dots.tsx'
import { GraphSummary } from './graph-summary.tsx'
import { LegendItem } from './legend-item.tsx'

/** Numbers of one unit over time: a line each, with the band between the least and the greatest. */
export function GraphTrack({ fields }: PanelProps) {
  const { fields: series } = useSeriesData()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const aligned = useMemo(() => alignSeries(fields.map(({ name }) => series[name])), [fields, series])
  const pauses = useMemo(
    () => fields.map(({ name }) => pausesOf(series[name]?.t ?? [], series[name]?.bucket ?? 0)),
    [fields, series],
  )

  function toggle(name: string): void {
    const next = new Set(hidden)
    if (!next.delete(name)) next.add(name)
    setHidden(next)
  }

  const legend = fields.map((field, index) => (
    <LegendItem
      key={field.name}
      field={field}
      series={series[field.name]}
      longestPause={pauses[index] ?? forEver}
      isShown={!hidden.has(field.name)}
      onToggle={fields.length > 1 ? () => toggle(field.name) : null}
    />
  ))
  return (
    <Track header={legend}>
      <GraphCanvas fields={fields} hidden={hidden} aligned={aligned}>
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
