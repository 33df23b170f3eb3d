import { SenioError, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { ImageJson, ImageListJson } from '@senio/protocol/api'
import { image } from '../../fields/image/image.ts'
import type { ImageStore } from '../../storage/image-store.ts'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { toPage } from '../page.ts'
import { pickEvenlySpaced } from './evenly-spaced.ts'
import { imageField, isImageField } from './image-field.ts'
import { resolveRange } from './range.ts'
import { decodeNumberCursor } from './cursor.ts'

export interface ImagesQuery {
  /** Absent = the first image field. */
  readonly field?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly limit: number
  readonly cursor?: string | undefined
  /** Only those of measurements found by this word. */
  readonly tag?: string | undefined
  /** That many, evenly spaced in time, instead of pages. */
  readonly count?: number | undefined
}

export interface ImagePorts {
  readonly measurements: MeasurementStore
  readonly images: ImageStore
}

/** Pictures of a field, oldest first. @throws SenioError `unknown-field`, `parameter-invalid` */
export async function listImages(
  ports: ImagePorts,
  sensor: Sensor,
  query: ImagesQuery,
  now: TimestampMs,
): Promise<ImageListJson> {
  const field = imageField(sensor, query.field)
  const range = await resolveRange(query, [field.id], ports.measurements, now)
  if (query.count !== undefined) {
    const { tag, count } = query
    const found = await pickEvenlySpaced(ports.measurements, {
      sensor: sensor.id,
      field: field.id,
      range,
      tag,
      count,
    })
    return { images: await describe(ports.images, found), next: null }
  }
  const rows = await readPage(ports.measurements, sensor, field, range, query)
  const { items, next } = toPage(rows, query.limit, ({ timestamp }) => timestamp)
  return { images: await describe(ports.images, items), next }
}

/** Whether one of the sensor's measurements holds this picture. */
export function ownsImage(store: MeasurementStore, sensor: Sensor, sha1: string): Promise<boolean> {
  const fields = sensor.fields.filter(isImageField)
  const stored = image.encode(sha1)
  return fields.length === 0 || !(stored instanceof Uint8Array)
    ? Promise.resolve(false)
    : store.hasValue(
        fields.map(({ id }) => id),
        stored,
      )
}

async function readPage(
  store: MeasurementStore,
  sensor: Sensor,
  field: Field,
  range: TimeRange,
  { cursor, limit, tag }: ImagesQuery,
): Promise<readonly TimedValue[]> {
  const page = await store.page({
    sensor: sensor.id,
    fields: [field.id],
    range,
    limit: limit + 1,
    ...(tag === undefined ? {} : { tag }),
    ...(cursor === undefined ? {} : { after: timestampMs(decodeNumberCursor(cursor)) }),
  })
  return page.flatMap(({ timestamp, values }) => values.map(({ value }) => ({ timestamp, value })))
}

async function describe(images: ImageStore, values: readonly TimedValue[]): Promise<ImageJson[]> {
  const named = values.map(({ timestamp, value }) => ({ timestamp, sha1: image.decode(value) }))
  const facts = await images.find([...new Set(named.map(({ sha1 }) => sha1))])
  return named.map(({ timestamp, sha1 }) => {
    const found = facts.get(sha1)
    if (found === undefined) throw new SenioError('defect', `The picture ${sha1} has a value but no row.`)
    const { mediaType, width, height, bytes, damaged } = found
    return { timestamp, image: sha1, type: mediaType, width, height, bytes, damaged }
  })
}
