import { createHash } from 'node:crypto'
import type { Answer, DeviceMeasurement, TestDevice } from './test-device.ts'

/** Something that a device sends in one request. */
export interface Shipment {
  readonly measurements: readonly DeviceMeasurement[]
  /** By field; only with a single measurement. */
  readonly images: Readonly<Record<string, Buffer>>
}

/** What became of a request: its status, or null when the connection broke before there was one. */
export interface Outcome {
  readonly shipment: Shipment
  readonly status: number | null
  /** Of a broken connection, as Node names it. */
  readonly failure: string | null
}

/** What devices sent and what they were answered, kept outside of the server. */
export class Ledger {
  readonly outcomes: Outcome[] = []

  /** Sends and keeps a record. Gives the status, or null. */
  async send(device: TestDevice, shipment: Shipment): Promise<number | null> {
    try {
      const { status } = await publish(device, shipment)
      this.outcomes.push({ shipment, status, failure: null })
      return status
    } catch (error) {
      this.outcomes.push({ shipment, status: null, failure: failureOf(error) })
      return null
    }
  }

  get acknowledged(): readonly Shipment[] {
    return this.outcomes.filter(({ status }) => status === 201).map(({ shipment }) => shipment)
  }

  get unacknowledged(): readonly Shipment[] {
    return this.outcomes.filter(({ status }) => status !== 201).map(({ shipment }) => shipment)
  }
}

/** The data that the server holds once a shipment's measurement is stored. */
export function storedData(
  measurement: DeviceMeasurement,
  images: Shipment['images'],
): Record<string, unknown> {
  const hashes = Object.entries(images).map(([field, bytes]) => [field, sha1(bytes)])
  return { ...measurement.data, ...(Object.fromEntries(hashes) as Record<string, string>) }
}

export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}

function publish(device: TestDevice, { measurements, images }: Shipment): Promise<Answer> {
  const [first] = measurements
  if (Object.keys(images).length > 0 && first !== undefined) return device.multipart(first, images)
  return measurements.length === 1 && first !== undefined ? device.json(first) : device.lines(measurements)
}

function failureOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}
