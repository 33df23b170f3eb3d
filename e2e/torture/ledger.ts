import { createHash } from 'node:crypto'
import type { DeviceMeasurement } from '../drivers/test-device.ts'

/** What a device sends in one request. Several measurements never carry images. */
export interface Shipment {
  readonly measurements: readonly DeviceMeasurement[]
  /** By field; only with a single measurement. */
  readonly images: Readonly<Record<string, Buffer>>
}

/** Status of the answer; null when the connection broke before there was one. */
export type Outcome = number | null

/** A measurement as the server should give it back: by field, images as their SHA-1. */
export type StoredData = Readonly<Record<string, unknown>>

/** What the server may hold at one timestamp: the first acknowledged, then those of which nobody knows. */
interface Entry {
  acknowledged: StoredData | null
  /** Sent later, without an answer: each may have replaced what was there. */
  open: { readonly data: StoredData; readonly shipment: Shipment }[]
}

/**
 * What devices sent and what they were answered, kept outside of the server: the measure of whether anything was lost.
 * It knows nothing about how a server is started or what it stores in.
 */
export class Ledger {
  readonly #entries = new Map<number, Entry>()
  readonly counts = { acknowledged: 0, refused: 0, unanswered: 0, measurements: 0, images: 0 }

  /** Notes a request that is about to be sent; call what it returns with what became of it. */
  sending(shipment: Shipment): (outcome: Outcome) => void {
    const written = shipment.measurements.map((measurement) => {
      const entry = this.#entries.get(measurement.timestamp) ?? { acknowledged: null, open: [] }
      this.#entries.set(measurement.timestamp, entry)
      const candidate = { data: storedData(measurement, shipment.images), shipment }
      entry.open.push(candidate)
      return { timestamp: measurement.timestamp, entry, candidate }
    })
    return (outcome) => {
      if (outcome === null) {
        this.counts.unanswered++
        return
      }
      const isStored = outcome === 201
      this.counts[isStored ? 'acknowledged' : 'refused']++
      if (isStored) {
        this.counts.measurements += written.length
        this.counts.images += Object.keys(shipment.images).length
      }
      for (const { timestamp, entry, candidate } of written) {
        if (isStored) {
          entry.acknowledged = candidate.data
          entry.open = []
        } else {
          entry.open = entry.open.filter((one) => one !== candidate)
          if (entry.acknowledged === null && entry.open.length === 0) this.#entries.delete(timestamp)
        }
      }
    }
  }

  /** Requests whose answer got lost, oldest first: what a device tries again. */
  get unanswered(): readonly Shipment[] {
    return [...new Set([...this.#entries.values()].flatMap(({ open }) => open.map((one) => one.shipment)))]
  }

  get timestamps(): readonly number[] {
    return [...this.#entries.keys()]
  }

  /** What may be there, acknowledged or not; null for nothing. */
  allowed(timestamp: number): readonly (StoredData | null)[] {
    const entry = this.#entries.get(timestamp)
    if (entry === undefined) return [null]
    return [entry.acknowledged, ...entry.open.map(({ data }) => data)]
  }

  /** Takes what a restarted server holds for what counts from now on: of an unanswered request, all or nothing. */
  settle(held: ReadonlyMap<number, StoredData>): void {
    for (const [timestamp, entry] of this.#entries) {
      entry.acknowledged = held.get(timestamp) ?? null
      entry.open = []
      if (entry.acknowledged === null) this.#entries.delete(timestamp)
    }
  }
}

function storedData(measurement: DeviceMeasurement, images: Shipment['images']): StoredData {
  const hashes = Object.entries(images).map(([field, bytes]): [string, unknown] => [field, sha1(bytes)])
  return { ...measurement.data, ...Object.fromEntries(hashes) }
}

/** In hex. */
export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}
