import { type FieldValue, SenioError, type Tags, type TimestampMs } from '@senio/protocol'
import type { MeasurementJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore, NewImage } from '../../storage/image-store.ts'
import type { MeasurementStore, NewMeasurement } from '../../storage/measurement-store.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { UnknownOutcome } from '../../storage/unknown-outcome.ts'
import type { Clock } from '../clock.ts'
import { findPictureFault } from '../integrity/picture-fault.ts'
import type { DamagedPictures } from '../integrity/damaged-pictures.ts'
import type { LiveEvents } from '../live/live-events.ts'
import type { BlobLocks } from './blob-locks.ts'
import { type CheckedMeasurement, type CheckedValue, checkMeasurement } from './check-measurement.ts'
import { type FieldIndex, fieldIndex, requireField } from './field-index.ts'
import type { Stamps } from './stamps.ts'
import { type PictureLimits, type ReceivedPicture, receivePicture } from './receive-picture.ts'

/** Most measurements in one request. */
export const MAX_BATCH = 10_000

export interface IngestPorts {
  readonly measurements: MeasurementStore
  readonly images: ImageStore
  readonly originals: BlobStore
  /** Publishing a damaged picture again mends it. */
  readonly damaged: Pick<DamagedPictures, 'count' | 'mended'>
  readonly locks: BlobLocks
  readonly live: LiveEvents
  readonly clock: Clock
  readonly stamps: Stamps
  readonly limits: PictureLimits
  /** Told how much was stored, so that it is counted and thumbs are made soon. */
  readonly onStored: (measurements: number, pictures: number) => void
}

/** Pictures of one measurement on their way in, by their field. */
export type Pictures = Map<Field, ReceivedPicture>

/** What the server does with what a device publishes: check all of it, then store all of it or nothing. */
export class Ingest {
  readonly #ports: IngestPorts

  constructor(ports: IngestPorts) {
    this.#ports = ports
  }

  /** The time of arrival for a device without a clock: no two arrivals get the same. @throws SenioError */
  stamp(): Promise<TimestampMs> {
    return this.#ports.stamps.next()
  }

  /**
   * Receives a picture for a field into `pictures`.
   * @throws SenioError `unknown-field`, `value-invalid`, `duplicate-part`, and what `receivePicture` throws
   */
  async receive(
    sensor: Sensor,
    fieldName: string,
    source: AsyncIterable<Uint8Array>,
    pictures: Pictures,
  ): Promise<void> {
    const field = requireField(fieldIndex(sensor), fieldName)
    if (!fieldType(field.type).format.isFile) {
      throw new SenioError(
        'value-invalid',
        `"${field.name}" is a ${field.type} field: its value belongs into the JSON's "data", not into a file.`,
        { field: field.name },
      )
    }
    if (pictures.has(field)) {
      throw new SenioError('duplicate-part', `There are two files for the field "${field.name}". Send one.`, {
        field: field.name,
      })
    }
    try {
      pictures.set(field, await receivePicture(source, this.#ports.originals, this.#ports.limits))
    } catch (error) {
      throw error instanceof SenioError && error.field === undefined && error.fault === 'Rejected'
        ? new SenioError(error.code, error.message, { field: field.name, cause: error })
        : error
    }
  }

  /**
   * Stores one measurement with its pictures, durably. Takes over the pictures: whatever happens, their drafts
   * are ended.
   *
   * @param stamp stands in for the timestamp; null when the measurement brings its own
   * @returns the measurement as stored, values in the order sent, pictures last
   * @throws SenioError and nothing is stored
   * @throws UnknownOutcome and it may be stored
   */
  async publish(
    sensor: Sensor,
    json: unknown,
    pictures: Pictures,
    stamp: TimestampMs | null,
  ): Promise<MeasurementJson> {
    try {
      const now = this.#ports.clock()
      const needsData = pictures.size === 0
      const checked = checkMeasurement(json, fieldIndex(sensor), { now, stamp, needsData })
      const values = [...checked.values, ...pictureValues(pictures)]
      const stored = await this.#storeWithPictures(
        sensor,
        { ...checked, values },
        [...pictures.values()],
        now,
      )
      this.#ports.onStored(1, pictures.size)
      this.#ports.live.publish(sensor.id, () => [stored])
      return stored
    } finally {
      for (const { draft } of pictures.values()) await draft.discard()
    }
  }

  /**
   * Stores many measurements, all or nothing, durably.
   * @throws SenioError with the index of the first bad one
   */
  async publishMany(sensor: Sensor, list: readonly unknown[]): Promise<number> {
    if (list.length > MAX_BATCH) {
      throw new SenioError(
        'too-many-measurements',
        `The request holds ${list.length} measurements; at most ${MAX_BATCH} are taken at once.`,
      )
    }
    if (list.length === 0) {
      throw new SenioError('data-empty', 'There is nothing to store: the list of measurements is empty.')
    }
    const now = this.#ports.clock()
    const index = fieldIndex(sensor)
    await this.#ports.measurements.append(
      mapped(checkAll(list, index, now), (measurement) => toRow(sensor, measurement)),
      [],
    )
    this.#ports.onStored(list.length, 0)
    this.#ports.live.publish(sensor.id, () => mapped(checkAll(list, index, now), toJson))
    return list.length
  }

  async #storeWithPictures(
    sensor: Sensor,
    measurement: CheckedMeasurement,
    pictures: readonly ReceivedPicture[],
    now: TimestampMs,
  ): Promise<MeasurementJson> {
    const { measurements, locks } = this.#ports
    const row = toRow(sensor, measurement)
    if (pictures.length === 0) {
      await measurements.append([row], [])
      return toJson(measurement)
    }
    const sha1s = pictures.map(({ sha1 }) => sha1)
    const wereHeld = await locks.hold(sha1s, async (isHeld) => {
      try {
        await Promise.all(pictures.map((picture) => this.#keep(picture, now)))
        await measurements.append(
          [row],
          pictures.map((picture) => toImage(picture, now)),
        )
      } catch (error) {
        // What may be stored, or be another node's by now, is left to the collector.
        if (!(error instanceof UnknownOutcome) && (await isHeld())) await this.#takeBack(sha1s)
        throw error
      }
      return isHeld()
    })
    if (!wereHeld) await this.#requireKept(sha1s)
    return toJson(measurement)
  }

  /**
   * Bytes that the storage has changed or lost are replaced when the same picture comes again. So what is there is read
   * and compared: a picture that comes twice is rare, and a 201 means that it is kept as it was sent.
   */
  async #keep(picture: ReceivedPicture, now: TimestampMs): Promise<void> {
    const { images, originals, damaged } = this.#ports
    const { draft, sha1, sha256 } = picture
    const isThere = await originals.has(sha1)
    const known = isThere || damaged.count > 0 ? (await images.find([sha1])).get(sha1) : undefined
    const isSame = known === undefined || known.sha256 === sha256
    const fault = isThere && isSame ? await findPictureFault(originals, picture) : null
    if (fault !== null && fault !== 'missing') await originals.delete(sha1)
    await draft.commit(sha1)
    if (known !== undefined && isSame && (fault !== null || !isThere))
      await damaged.mended(toImage(picture, now))
  }

  /**
   * Another node that took the locks meanwhile may have removed bytes that were found to be there, as long as no row
   * referred to them.
   * @throws UnknownOutcome
   */
  async #requireKept(sha1s: readonly string[]): Promise<void> {
    const { locks, originals } = this.#ports
    try {
      const found = await locks.hold(sha1s, () => Promise.all(sha1s.map((sha1) => originals.has(sha1))))
      if (!found.includes(false)) return
    } catch (error) {
      throw new UnknownOutcome(error)
    }
    throw new UnknownOutcome(null)
  }

  /** Nothing of a refused measurement stays: blobs that no row knows are removed, as far as the store lets us. */
  async #takeBack(sha1s: readonly string[]): Promise<void> {
    const { images, originals } = this.#ports
    try {
      const known = await images.find(sha1s)
      await Promise.all(sha1s.filter((sha1) => !known.has(sha1)).map((sha1) => originals.delete(sha1)))
    } catch {
      // The error that brought us here is the one to report; the collector removes what is left.
    }
  }
}

/** One after the other: thousands of them at once would outlive the garbage collector's quick passes. */
function* checkAll(
  list: readonly unknown[],
  index: FieldIndex,
  now: TimestampMs,
): Generator<CheckedMeasurement> {
  let position = 0
  for (const json of list) yield checkAt(json, position++, index, now)
}

function* mapped<From, To>(source: Iterable<From>, map: (from: From) => To): Generator<To> {
  for (const item of source) yield map(item)
}

function checkAt(json: unknown, position: number, index: FieldIndex, now: TimestampMs): CheckedMeasurement {
  try {
    return checkMeasurement(json, index, { now, stamp: null, needsData: true })
  } catch (error) {
    throw error instanceof SenioError ? error.atIndex(position) : error
  }
}

function pictureValues(pictures: Pictures): readonly CheckedValue[] {
  return [...pictures].map(([field, { sha1 }]) => ({ field, value: sha1 }))
}

function toRow(sensor: Sensor, { timestamp, values, tags }: CheckedMeasurement): NewMeasurement {
  return {
    sensor: sensor.id,
    timestamp,
    values: values.map(({ field, value }) => ({
      field: field.id,
      value: fieldType(field.type).encode(value),
    })),
    tags,
  }
}

function toImage({ sha1, sha256, bytes, probed }: ReceivedPicture, created: TimestampMs): NewImage {
  const { mediaType, width, height, complete } = probed
  return { sha1, sha256, bytes, mediaType, width, height, damaged: !complete, created }
}

function toJson({ timestamp, values, tags }: CheckedMeasurement): MeasurementJson {
  const data: Record<string, FieldValue> = {}
  for (const { field, value } of values) data[field.name] = value
  return { timestamp, data, tags: tags as Tags & MeasurementJson['tags'] }
}
