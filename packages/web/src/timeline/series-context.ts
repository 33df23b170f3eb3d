import type { TimeRange } from '@senio/protocol'
import type { FieldSeriesJson, InstantJson } from '@senio/protocol/api'
import { createContext, useContext } from 'react'

/** The graph data of a view. */
export interface SeriesData {
  /** By field; absent while it is not known. */
  readonly fields: Readonly<Record<string, FieldSeriesJson>>
  /** What the data covers: more than what is shown. */
  readonly covers: TimeRange
  /** Every field's value at the start of `covers`; undefined while it is not known. */
  readonly before: InstantJson | undefined
}

export const SeriesContext = createContext<SeriesData | null>(null)

export function useSeriesData(): SeriesData {
  const data = useContext(SeriesContext)
  if (data === null) throw new TypeError('useSeriesData needs a SeriesContext above it')
  return data
}
