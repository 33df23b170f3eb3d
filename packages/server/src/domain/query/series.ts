import type { FieldValue, TimeRange, TimestampMs } from '@senio/protocol'
import type { FieldSeriesJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore, Series, StoredValue, StoredValues } from '../../storage/measurement-store.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { resolveRange } from './range.ts'
import { selectFields } from './select-fields.ts'
import { taggedSeries, type TaggedSeries } from './tagged-values.ts'

export interface SeriesQuery {
  readonly fields?: readonly string[] | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Most entries a field, at least 1. */
  readonly points: number
  /** Only values of measurements found by this word: as they are, thinned out where there are more than `points`. */
  readonly tag?: string | undefined
}

type Column = 't' | 'value' | 'min' | 'mean' | 'max' | 'count'

/** `FieldSeriesJson`, with numbers as doubles in bulk: thousands of them go through here for every graph. */
export interface FieldSeries extends Omit<FieldSeriesJson, Column> {
  readonly t: Float64Array
  readonly value?: Float64Array | readonly FieldValue[]
  readonly min?: Float64Array
  readonly mean?: Float64Array
  readonly max?: Float64Array
  readonly count?: Float64Array
}

/** `SeriesJson`, with numbers as doubles in bulk. */
export interface SensorSeries extends TimeRange {
  readonly fields: Readonly<Record<string, FieldSeries>>
}

/** Graph data of a sensor. @throws SenioError `unknown-field`, `parameter-invalid` */
export async function querySeries(
  store: MeasurementStore,
  sensor: Sensor,
  query: SeriesQuery,
  now: TimestampMs,
): Promise<SensorSeries> {
  const fields = selectFields(sensor, query.fields)
  const range = await resolveRange(
    query,
    fields.map(({ id }) => id),
    store,
    now,
  )
  const series = await Promise.all(
    fields.map(async (field) => {
      if (query.tag !== undefined) {
        const tagged = { sensor: sensor.id, field: field.id, tag: query.tag }
        return [field.name, ofTagged(field, await taggedSeries(store, tagged, range, query.points))] as const
      }
      const { summary } = fieldType(field.type).format
      const found = await store.series({ field: field.id, summary, range, points: query.points, now })
      return [field.name, ofSeries(field, found)] as const
    }),
  )
  return { ...range, fields: Object.fromEntries(series) }
}

function ofTagged({ type, unit }: Field, { values, isThinned }: TaggedSeries): FieldSeries {
  return {
    type,
    unit,
    bucket: 0,
    t: Float64Array.from(values, ({ timestamp }) => timestamp),
    value: values.map(({ value }) => fieldType(type).decode(value)),
    ...(isThinned ? { thinned: true } : {}),
  }
}

function ofSeries(field: Field, series: Series): FieldSeries {
  const { type, unit } = field
  const { t } = series
  switch (series.kind) {
    case 'raw':
      return { type, unit, bucket: 0, t, value: decodeAll(field, series.value) }
    case 'last':
      return {
        type,
        unit,
        bucket: series.bucket,
        t,
        value: decodeAll(field, series.value),
        count: series.count,
      }
    case 'statistics': {
      const { bucket, min, mean, max, count } = series
      return { type, unit, bucket, t, min, mean, max, count }
    }
  }
}

function decodeAll({ type }: Field, values: StoredValues): Float64Array | readonly FieldValue[] {
  const known = fieldType(type)
  if (known.isStoredAsIs && values instanceof Float64Array) return values
  return Array.from<StoredValue, FieldValue>(values, (stored) => known.decode(stored))
}
