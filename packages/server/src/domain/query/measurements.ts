import { type FieldValue, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { MeasurementJson, MeasurementListJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore, StoredMeasurement } from '../../storage/measurement-store.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { toPage } from '../page.ts'
import { resolveRange } from './range.ts'
import { selectFields } from './select-fields.ts'
import { decodeNumberCursor } from './cursor.ts'

/** Measurements read at once while a whole range is streamed. */
const EXPORT_PAGE = 1000

export interface MeasurementsQuery {
  readonly fields?: readonly string[] | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly tag?: string | undefined
}

/** A page of measurements, oldest first. @throws SenioError `unknown-field`, `parameter-invalid` */
export async function listMeasurements(
  store: MeasurementStore,
  sensor: Sensor,
  query: MeasurementsQuery & { readonly limit: number; readonly cursor?: string | undefined },
  now: TimestampMs,
): Promise<MeasurementListJson> {
  const { fields, range } = await resolve(store, sensor, query, now)
  const after = query.cursor === undefined ? null : timestampMs(decodeNumberCursor(query.cursor))
  // One more than asked for tells whether there is a next page.
  const rows = await readPage(store, sensor, fields, range, query.tag, after, query.limit + 1)
  const { items, next } = toPage(rows, query.limit, ({ timestamp }) => timestamp)
  return { measurements: items.map((measurement) => toJson(measurement, fields)), next }
}

/** A whole range, page by page as it is consumed. */
export interface MeasurementExport {
  readonly fields: readonly Field[]
  readonly measurements: AsyncIterable<MeasurementJson>
}

/** @throws SenioError `unknown-field`, `parameter-invalid` before anything is read */
export async function exportMeasurements(
  store: MeasurementStore,
  sensor: Sensor,
  query: MeasurementsQuery,
  now: TimestampMs,
): Promise<MeasurementExport> {
  const { fields, range } = await resolve(store, sensor, query, now)
  async function* pages(): AsyncGenerator<MeasurementJson> {
    let after: TimestampMs | null = null
    for (;;) {
      const page = await readPage(store, sensor, fields, range, query.tag, after, EXPORT_PAGE)
      for (const measurement of page) yield toJson(measurement, fields)
      const last = page.at(-1)
      if (last === undefined) return
      after = last.timestamp
    }
  }
  return { fields, measurements: pages() }
}

async function resolve(store: MeasurementStore, sensor: Sensor, query: MeasurementsQuery, now: TimestampMs) {
  const fields = selectFields(sensor, query.fields)
  const ids = fields.map(({ id }) => id)
  return { fields, range: await resolveRange(query, ids, store, now) }
}

function readPage(
  store: MeasurementStore,
  sensor: Sensor,
  fields: readonly Field[],
  range: TimeRange,
  tag: string | undefined,
  after: TimestampMs | null,
  limit: number,
): Promise<readonly StoredMeasurement[]> {
  return store.page({
    sensor: sensor.id,
    fields: fields.map(({ id }) => id),
    range,
    limit,
    ...(tag === undefined ? {} : { tag }),
    ...(after === null ? {} : { after }),
  })
}

function toJson({ timestamp, values, tags }: StoredMeasurement, fields: readonly Field[]): MeasurementJson {
  const byId = new Map(values.map(({ field, value }) => [field, value]))
  const data: Record<string, FieldValue> = {}
  for (const { id, name, type } of fields) {
    const value = byId.get(id)
    if (value !== undefined) data[name] = fieldType(type).decode(value)
  }
  return { timestamp, data, tags: tags as MeasurementJson['tags'] }
}
