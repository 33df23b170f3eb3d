import { MINUTE } from '@senio/protocol'
import type { FieldSeriesJson, SensorDetailJson } from '@senio/protocol/api'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../api/client-context.ts'
import type { ShownField } from '../../fields/field-view.ts'
import { fieldView } from '../../fields/index.ts'
import { viewKeys } from '../view-keys.ts'

/** Enough for a line that is understood at a glance. */
const POINTS = 600
/** A history hardly changes while somebody looks at it. */
const REFRESH_MS = 5 * MINUTE

/** The whole history of a sensor in short. */
export interface Overview {
  /** The first field that can be drawn as a line; null while it isn't known, or when there is none. */
  readonly line: { readonly field: ShownField; readonly series: FieldSeriesJson } | null
  /** When there were pictures: the first such field; null like `line`. */
  readonly ticks: { readonly field: ShownField; readonly series: FieldSeriesJson } | null
}

export function useOverview(sensor: SensorDetailJson, fields: readonly ShownField[]): Overview {
  const client = useClient()
  const [line, ticks] = (['line', 'ticks'] as const).map((kind) =>
    fields.find(({ type }) => fieldView(type).overview === kind),
  )
  const names = [line, ticks].flatMap((field) => (field === undefined ? [] : [field.name]))
  const { data } = useQuery({
    queryKey: [...viewKeys.overview(sensor.name), names],
    queryFn: ({ signal }) => client.series(sensor.name, { fields: names, points: POINTS }, { signal }),
    enabled: names.length > 0,
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
    structuralSharing: false,
  })
  return useMemo(() => {
    function drawn(field: ShownField | undefined) {
      const series = field === undefined ? undefined : data?.fields[field.name]
      return field === undefined || series === undefined ? null : { field, series }
    }
    return { line: drawn(line), ticks: drawn(ticks) }
  }, [data, line, ticks])
}
