import type { TimestampMs } from '@senio/protocol'
import type { ImageListJson, InstantJson, MeasurementListJson, TagListJson } from '@senio/protocol/api'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { Clock } from '../clock.ts'
import { type ImagePorts, type ImagesQuery, listImages, ownsImage } from './images.ts'
import { queryInstant } from './instant.ts'
import {
  exportMeasurements,
  listMeasurements,
  type MeasurementExport,
  type MeasurementsQuery,
} from './measurements.ts'
import { querySeries, type SensorSeries, type SeriesQuery } from './series.ts'
import { listTags, type TagsQuery } from './tags.ts'

/** Everything that is asked about a sensor's measurements; whoever asks is authorised already. */
export class Queries {
  readonly #ports: ImagePorts
  readonly #now: Clock

  constructor(ports: ImagePorts, now: Clock) {
    this.#ports = ports
    this.#now = now
  }

  series(sensor: Sensor, query: SeriesQuery): Promise<SensorSeries> {
    return querySeries(this.#ports.measurements, sensor, query, this.#now())
  }

  at(sensor: Sensor, t: TimestampMs, tag?: string): Promise<InstantJson> {
    return queryInstant(this.#ports.measurements, sensor, t, tag)
  }

  latest(sensor: Sensor, tag?: string): Promise<InstantJson> {
    return this.at(sensor, this.#now(), tag)
  }

  measurements(
    sensor: Sensor,
    query: MeasurementsQuery & { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<MeasurementListJson> {
    return listMeasurements(this.#ports.measurements, sensor, query, this.#now())
  }

  export(sensor: Sensor, query: MeasurementsQuery): Promise<MeasurementExport> {
    return exportMeasurements(this.#ports.measurements, sensor, query, this.#now())
  }

  images(sensor: Sensor, query: ImagesQuery): Promise<ImageListJson> {
    return listImages(this.#ports, sensor, query, this.#now())
  }

  tags(sensor: Sensor, query: TagsQuery): Promise<TagListJson> {
    return listTags(this.#ports.measurements, sensor, query)
  }

  ownsImage(sensor: Sensor, sha1: string): Promise<boolean> {
    return ownsImage(this.#ports.measurements, sensor, sha1)
  }
}
