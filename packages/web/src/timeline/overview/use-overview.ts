import { MINUTE } from '@senio/protocol'
import type { FieldSeriesJson } from '@senio/protocol/api'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../api/client-context.ts'
import type { ShownField } from '../../fields/field-view.ts'
import { fieldView } from '../../fields/index.ts'
import { useTagKey } from '../../tags/use-tag.ts'
import { useHeld } from '../use-held.ts'
import { viewKeys } from '../view-keys.ts'

/** Enough for a line that is understood at a glance. */
const POINTS = 600
/** A history hardly changes while somebody looks at it. */
const REFRESH_MS = 5 * MINUTE

/** The whole history of what is shown in short. */
export interface Overview {
  /** The first field that can be drawn as a line; null while it isn't known, or when there is none. */
  readonly line: { readonly field: ShownField; readonly series: FieldSeriesJson } | null
  /** When there were pictures: the first such field; null like `line`. */
  readonly ticks: { readonly field: ShownField; readonly series: FieldSeriesJson } | null
}

export function useOverview(fields: readonly ShownField[]): Overview {
  const client = useClient()
  const tag = useTagKey()
  const [line, ticks] = (['line', 'ticks'] as const).map((kind) =>
    fields.find(({ type }) => fieldView(type).overview === kind),
  )
  const drawn = [line, ticks].flatMap((field) => field ?? [])
  // Mostly of one sensor: then it is one request.
  const asked = [...Map.groupBy(drawn, ({ sensor }) => sensor)]
  const answers = useQueries({
    queries: asked.map(([sensor, group]) => {
      const names = group.map(({ name }) => name)
      return {
        queryKey: [...viewKeys.overview(sensor), names, ...tag],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          client.series(sensor, { fields: names, points: POINTS }, { signal }),
        staleTime: REFRESH_MS,
        refetchInterval: REFRESH_MS,
        structuralSharing: false as const,
      }
    }),
  })
  const data = useHeld(Object.fromEntries(asked.map(([sensor], index) => [sensor, answers[index]?.data])))
  return useMemo(() => {
    function found(field: ShownField | undefined) {
      const series = field === undefined ? undefined : data[field.sensor]?.fields[field.name]
      return field === undefined || series === undefined ? null : { field, series }
    }
    return { line: found(line), ticks: found(ticks) }
  }, [data, line, ticks])
}
