import type { TimestampMs } from '@senio/protocol'
import type { FieldSeriesJson, SeriesJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore, Series, StoredValue } from '../../storage/measurement-store.ts'
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

/** Graph data of a sensor. @throws SenioError `unknown-field`, `parameter-invalid` */
export async function querySeries(
  store: MeasurementStore,
  sensor: Sensor,
  query: SeriesQuery,
  now: TimestampMs,
): Promise<SeriesJson> {
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
        return [
          field.name,
          taggedToJson(field, await taggedSeries(store, tagged, range, query.points)),
        ] as const
      }
      const { summary } = fieldType(field.type).format
      const found = await store.series({ field: field.id, summary, range, points: query.points, now })
      return [field.name, toJson(field, found)] as const
    }),
  )
  return { ...range, fields: Object.fromEntries(series) }
}

function taggedToJson({ type, unit }: Field, { values, isThinned }: TaggedSeries): FieldSeriesJson {
  return {
    type,
    unit,
    bucket: 0,
    t: values.map(({ timestamp }) => timestamp),
    value: values.map(({ value }) => fieldType(type).decode(value)),
    ...(isThinned ? { thinned: true } : {}),
  }
}

function toJson({ type, unit }: Field, series: Series): FieldSeriesJson {
  const decode = (stored: StoredValue) => fieldType(type).decode(stored)
  switch (series.kind) {
    case 'raw':
      return { type, unit, bucket: 0, t: [...series.t], value: series.value.map(decode) }
    case 'last': {
      const { bucket, t, value, count } = series
      return { type, unit, bucket, t: [...t], value: value.map(decode), count: [...count] }
    }
    case 'statistics': {
      const { bucket, t, min, mean, max, count } = series
      return {
        type,
        unit,
        bucket,
        t: [...t],
        min: [...min],
        mean: [...mean],
        max: [...max],
        count: [...count],
      }
    }
  }
}
