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

/** A measurement as the server should give it back. */
export interface Stored {
  /** By field, images as their SHA-1. */
  readonly data: Readonly<Record<string, unknown>>
  readonly tags: unknown
}

interface Candidate {
  readonly stored: Stored
  readonly shipment: Shipment
}

/** What the server may hold at one timestamp. */
interface Entry {
  /** By what was acknowledged: more than one where nobody knows whose tags were left as they were. */
  settled: readonly (Stored | null)[]
  /** Sent later, without an answer: each may have replaced what was there. */
  open: readonly Candidate[]
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
      const entry = this.#entries.get(measurement.timestamp) ?? { settled: [null], open: [] }
      this.#entries.set(measurement.timestamp, entry)
      const candidate = { stored: storedOf(measurement, shipment.images), shipment }
      entry.open = [...entry.open, candidate]
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
        const others = entry.open.filter((one) => one !== candidate)
        if (isStored) {
          entry.settled = possible({ settled: entry.settled, open: others }).map((before) =>
            replaced(before, candidate.stored),
          )
          entry.open = []
        } else {
          entry.open = others
          if (entry.settled.every((one) => one === null) && others.length === 0)
            this.#entries.delete(timestamp)
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

  /** What was acknowledged last, whosever tags it has; null when nothing was. */
  acknowledged(timestamp: number): Stored | null {
    return this.#entries.get(timestamp)?.settled[0] ?? null
  }

  /** What may be there, acknowledged or not; null for nothing. */
  allowed(timestamp: number): readonly (Stored | null)[] {
    const entry = this.#entries.get(timestamp)
    return entry === undefined ? [null] : possible(entry)
  }

  /** Takes what a restarted server holds for what counts from now on: of an unanswered request, all or nothing. */
  settle(held: ReadonlyMap<number, Stored>): void {
    for (const [timestamp, entry] of this.#entries) {
      const there = held.get(timestamp) ?? null
      entry.settled = [there]
      entry.open = []
      if (there === null) this.#entries.delete(timestamp)
    }
  }
}

/** Whichever of the unanswered requests were stored. */
function possible({ settled, open }: Entry): readonly (Stored | null)[] {
  return open.reduce<readonly (Stored | null)[]>(
    (before, { stored }) => [...before, ...before.map((one) => replaced(one, stored))],
    settled,
  )
}

/** Tags that are null leave those that are there. */
function replaced(before: Stored | null, { data, tags }: Stored): Stored {
  return { data, tags: tags ?? before?.tags ?? null }
}

function storedOf({ data = {}, tags = null }: DeviceMeasurement, images: Shipment['images']): Stored {
  const hashes = Object.entries(images).map(([field, bytes]): [string, unknown] => [field, sha1(bytes)])
  return { data: { ...data, ...Object.fromEntries(hashes) }, tags }
}

/** In hex. */
export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}
