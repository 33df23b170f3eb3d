import type { SensorDetailJson } from '@senio/protocol/api'
import { useMemo } from 'react'
import { panelsOfSensor } from '../fields/panels.ts'
import { TimelineView } from './timeline-view.tsx'
import { ViewHeader } from './view-header.tsx'

/** A sensor's own view: everything that it measured and saw. */
export function SensorTimeline({ sensor }: { readonly sensor: SensorDetailJson }) {
  const { name, fields } = sensor
  const sensors = useMemo(() => [sensor], [sensor])
  const panels = useMemo(() => panelsOfSensor({ name, fields }), [name, fields])
  return (
    <TimelineView
      sensors={sensors}
      panels={panels}
      renderHeader={(controls) => <ViewHeader name={name}>{controls}</ViewHeader>}
    />
  )
}
