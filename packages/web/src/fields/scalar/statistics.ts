import type { FieldSeriesJson } from '@senio/protocol/api'

/** A field's numbers in sight, in short. */
export interface Statistics {
  readonly count: number
  readonly min: number
  /** ms since the epoch, like `maxAt`. */
  readonly minAt: number
  readonly mean: number
  readonly max: number
  readonly maxAt: number
}

/** Of the entries whose instant is chosen; null when there are none. */
export function statisticsOf(
  series: FieldSeriesJson | undefined,
  isChosen: (t: number) => boolean,
): Statistics | null {
  if (series === undefined) return null
  const mean = (series.bucket === 0 ? series.value : series.mean) as readonly number[] | undefined
  const statistics = { count: 0, min: Infinity, minAt: 0, mean: 0, max: -Infinity, maxAt: 0 }
  for (const [index, t] of series.t.entries()) {
    const value = mean?.[index]
    if (value === undefined || !isChosen(t)) continue
    const count = series.count?.[index] ?? 1
    const [min, max] = [series.min?.[index] ?? value, series.max?.[index] ?? value]
    statistics.count += count
    statistics.mean += (value - statistics.mean) * (count / statistics.count)
    if (min < statistics.min) Object.assign(statistics, { min, minAt: t })
    if (max > statistics.max) Object.assign(statistics, { max, maxAt: t })
  }
  return statistics.count === 0 ? null : statistics
}
