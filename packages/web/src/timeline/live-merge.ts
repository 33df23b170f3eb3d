import { fieldFormat } from '@senio/protocol'
import type { FieldSeriesJson, LiveEventJson, SeriesJson } from '@senio/protocol/api'
import { indexAtOrBefore } from './search-index.ts'

type Value = LiveEventJson['data'][string]

/**
 * Graph data with a measurement that has just been stored, without asking the server. Inexact only where a value was
 * replaced within a bucket, until the next fetch.
 */
export function mergeLive(series: SeriesJson, { timestamp, data }: LiveEventJson): SeriesJson {
  if (timestamp < series.from || timestamp >= series.to) return series
  const changed = Object.entries(series.fields).flatMap(([name, field]) => {
    const value = data[name]
    return value === undefined ? [] : [[name, mergeValue(field, timestamp, value)] as const]
  })
  if (changed.length === 0) return series
  return { ...series, fields: { ...series.fields, ...Object.fromEntries(changed) } }
}

function mergeValue(field: FieldSeriesJson, timestamp: number, value: Value): FieldSeriesJson {
  const start = field.bucket === 0 ? timestamp : Math.floor(timestamp / field.bucket) * field.bucket
  const before = indexAtOrBefore(field.t, start)
  const exists = field.t[before] === start
  const index = exists ? before : before + 1
  const remove = exists ? 1 : 0
  const t = field.t.toSpliced(index, remove, start)
  if (field.bucket === 0) {
    return { ...field, t, value: (field.value ?? []).toSpliced(index, remove, value) }
  }
  const count = (exists ? (field.count?.[index] ?? 0) : 0) + 1
  const merged = { ...field, t, count: (field.count ?? []).toSpliced(index, remove, count) }
  if (field.mean === undefined) {
    return { ...merged, value: (field.value ?? []).toSpliced(index, remove, value) }
  }
  const number = Number(value)
  // The mean of states is that of time: what came before keeps its part of the bucket, the new state lasts to its end.
  const isShare = fieldFormat(field.type).summary === 'share'
  const weight = isShare ? 1 - (timestamp - start) / field.bucket : 1 / count
  const { min = [], mean, max = [] } = field
  const [low, middle, high] = exists
    ? [min[index] ?? number, mean[index] ?? number, max[index] ?? number]
    : [number, number, number]
  return {
    ...merged,
    min: min.toSpliced(index, remove, Math.min(low, number)),
    mean: mean.toSpliced(index, remove, middle + (number - middle) * weight),
    max: max.toSpliced(index, remove, Math.max(high, number)),
  }
}
