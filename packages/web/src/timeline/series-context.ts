import type { TimeRange } from '@senio/protocol'
import type { FieldSeriesJson, LatestValueJson } from '@senio/protocol/api'
import { createContext, useContext } from 'react'

/** The graph data of a view. */
export interface SeriesData {
  /** By the field's key; absent while it is not known. */
  readonly fields: Readonly<Record<string, FieldSeriesJson>>
  /** What the data of all sensors covers: more than what is shown. */
  readonly covers: TimeRange
  /** By the field's key: what it said at the start of `covers`; absent while it is not known. */
  readonly before: Readonly<Record<string, LatestValueJson>>
}

export const SeriesContext = createContext<SeriesData | null>(null)

export function useSeriesData(): SeriesData {
  const data = useContext(SeriesContext)
  if (data === null) throw new TypeError('useSeriesData needs a SeriesContext above it')
  return data
}
