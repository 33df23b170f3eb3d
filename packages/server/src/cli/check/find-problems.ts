import { SenioError, timestampMs } from '@senio/protocol'
import { fieldType } from '../../fields/index.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Accounts } from '../../domain/accounts/accounts.ts'
import type { Sensors } from '../../domain/sensors/sensors.ts'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { allPictures } from '../all-pictures.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'

/** Something that is not as it was stored. */
export interface FoundProblem {
  readonly kind: 'database' | 'picture-missing' | 'picture-damaged' | 'value-without-picture'
  /** What and where, in plain words. */
  readonly detail: string
  /** The picture's SHA-1; absent for the database. */
  readonly sha1?: string
}

export interface CheckReport {
  readonly pictures: number
  readonly pictureBytes: number
  readonly measurements: number
  readonly problems: readonly FoundProblem[]
}

export interface CheckOptions {
  readonly storage: Storage
  readonly accounts: Accounts
  readonly sensors: Sensors
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

/** Reads everything that is kept: the database, each measurement, each picture's bytes. */
export async function findProblems(options: CheckOptions): Promise<CheckReport> {
  const { storage, signal } = options
  const problems: FoundProblem[] = await databaseProblems(storage)
  const measurements = await checkMeasurements(options, problems)
  let pictures = 0
  let pictureBytes = 0
  for await (const image of allPictures(storage.images)) {
    signal.throwIfAborted()
    const fault = await findPictureFault(storage.originals, image)
    // The collector may have removed it while the check ran.
    if (fault !== null && (await storage.images.find([image.sha1])).size > 0) {
      problems.push({
        kind: fault === 'missing' ? 'picture-missing' : 'picture-damaged',
        detail:
          fault === 'missing'
            ? `The picture ${image.sha1} (${image.bytes} bytes) is missing.`
            : `The bytes of the picture ${image.sha1} are not the ones that were published.`,
        sha1: image.sha1,
      })
    }
    pictures++
    pictureBytes += image.bytes
    options.onProgress(pictures)
  }
  return { pictures, pictureBytes, measurements, problems }
}

async function databaseProblems(storage: Storage): Promise<FoundProblem[]> {
  try {
    const faults = await storage.findFaults()
    return faults.map((fault) => ({ kind: 'database', detail: `The database is damaged: ${fault}.` }))
  } catch (error) {
    if (!(error instanceof SenioError)) throw error
    return [{ kind: 'database', detail: `The database can't be read: ${error.message}` }]
  }
}

/** Reads every measurement; each image value must have its picture's row. */
async function checkMeasurements(options: CheckOptions, problems: FoundProblem[]): Promise<number> {
  const { accounts, sensors } = options
  let measurements = 0
  for (const account of await allPages((cursor) => accounts.list(PAGE_SIZE, cursor))) {
    const listed = await allPages((cursor) =>
      sensors.list(account.id, { search: null, limit: PAGE_SIZE, cursor }),
    )
    for (const { sensor } of listed) measurements += await checkSensor(options, sensor, problems)
  }
  return measurements
}

async function checkSensor(
  { storage, signal }: CheckOptions,
  sensor: Sensor,
  problems: FoundProblem[],
): Promise<number> {
  const fields = sensor.fields.map(({ id }) => id)
  const pictureFields = new Map(
    sensor.fields
      .filter(({ type }) => fieldType(type).format.isFile)
      .map((field): [Field['id'], Field] => [field.id, field]),
  )
  const range = { from: timestampMs(-Number.MAX_VALUE), to: timestampMs(Number.MAX_VALUE) }
  let measurements = 0
  for (let after = range.from; fields.length > 0;) {
    signal.throwIfAborted()
    const page = await storage.measurements.page({
      sensor: sensor.id,
      fields,
      range,
      after,
      limit: PAGE_SIZE,
    })
    const last = page.at(-1)
    if (last === undefined) break
    after = last.timestamp
    measurements += page.length
    const values = page.flatMap(({ timestamp, values }) =>
      values.flatMap(({ field, value }) => {
        const pictureField = pictureFields.get(field)
        if (pictureField === undefined) return []
        const sha1 = fieldType(pictureField.type).decode(value)
        return typeof sha1 === 'string' ? [{ timestamp, field: pictureField.name, sha1 }] : []
      }),
    )
    const known = await storage.images.find([...new Set(values.map(({ sha1 }) => sha1))])
    for (const { timestamp, field, sha1 } of values) {
      if (known.has(sha1)) continue
      problems.push({
        kind: 'value-without-picture',
        detail: `"${field}" of the sensor "${sensor.name}" at ${timestamp} refers to the picture ${sha1}, which is not known.`,
        sha1,
      })
    }
  }
  return measurements
}
