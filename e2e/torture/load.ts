import { seededRandom } from '../drivers/random.ts'
import type { DeviceMeasurement, TestDevice } from '../drivers/test-device.ts'
import type { Ledger, Outcome, Shipment } from './ledger.ts'
import { picture } from './picture.ts'

const EPOCH = 1_600_000_000_000
/** Of the measurements of one timestamp to the next, in ms; a fraction, to be given back to the last digit. */
const STEP = 1000.25
const CONNECTIONS = 6

/** How a request is sent, by whichever way in. Rejects when the connection broke before there was an answer. */
export type Send = (shipment: Shipment) => Promise<{ readonly status: number }>

/** What devices publish: numbers, batches, pictures, retries, values that replace others, all from one seed. */
export class Load {
  readonly #ledger: Ledger
  readonly #random: () => number
  readonly #basePicture: Buffer
  #timestamp = EPOCH
  #serial = 0
  #isStopped = false
  #answered = 0
  readonly #refusals = new Map<number, number>()

  /** @param basePicture a JPEG; each picture that is sent is this one with bytes of its own */
  constructor(ledger: Ledger, basePicture: Buffer, seed: number) {
    this.#ledger = ledger
    this.#basePicture = basePicture
    this.#random = seededRandom(seed)
  }

  /** Requests that got an answer. */
  get answered(): number {
    return this.#answered
  }

  /** How many requests got which answer other than 201. */
  get refusals(): Map<number, number> {
    return this.#refusals
  }

  /** The sum of `refusals`. */
  get refused(): number {
    return [...this.#refusals.values()].reduce((sum, count) => sum + count, 0)
  }

  /**
   * Publishes on some connections, each waiting for its answer, until `stop`, or until no connection gets an answer any
   * more. A refused request is not the end: those that follow may be taken.
   */
  async run(send: Send): Promise<void> {
    this.#isStopped = false
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => this.#connection(send, index)))
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Sends one, and notes it in the ledger. */
  async publish(send: Send, shipment: Shipment): Promise<Outcome> {
    const note = this.#ledger.sending(shipment)
    let outcome: Outcome
    try {
      outcome = (await send(shipment)).status
      this.#answered++
      if (outcome !== 201) this.#refusals.set(outcome, (this.#refusals.get(outcome) ?? 0) + 1)
    } catch {
      outcome = null
    }
    note(outcome)
    return outcome
  }

  /** The next thing that a device sends: no two have a picture in common, or, but on purpose, a timestamp. */
  next(kind: 'numbers' | 'batch' | 'picture'): Shipment {
    if (kind === 'batch') {
      const count = 2 + Math.floor(this.#random() * 60)
      return { measurements: Array.from({ length: count }, () => this.#measurement()), images: {} }
    }
    const measurement = this.#measurement()
    if (kind === 'numbers') return { measurements: [measurement], images: {} }
    const bytes = this.#random() < 0.2 ? 400_000 : Math.floor(this.#random() * 20_000)
    return { measurements: [measurement], images: { cam1: this.#picture(bytes) } }
  }

  async #connection(send: Send, index: number): Promise<void> {
    while (!this.#isStopped) {
      const shipment = this.next(index < 3 ? 'numbers' : index < 4 ? 'batch' : 'picture')
      const outcome = await this.publish(send, shipment)
      if (outcome === null) return
      if (this.#random() < 0.1) await this.publish(send, shipment)
      if (this.#random() < 0.1) await this.publish(send, this.#replacing(shipment))
      // A server that refuses at once would be asked a thousand times a second.
      if (outcome !== 201) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Other values for the same timestamps. */
  #replacing({ measurements, images }: Shipment): Shipment {
    return {
      measurements: measurements.map((one) => ({ ...this.#measurement(), timestamp: one.timestamp })),
      images: Object.fromEntries(Object.keys(images).map((field) => [field, this.#picture(1000)])),
    }
  }

  #measurement(): DeviceMeasurement {
    this.#timestamp += STEP
    return { timestamp: this.#timestamp, data: { temp: ++this.#serial, humidity: this.#random() * 100 } }
  }

  #picture(bytes: number): Buffer {
    return picture(this.#basePicture, ++this.#serial, bytes)
  }
}

/** Sends as a device does: a form for pictures, lines for several measurements. */
export function sendTo(device: TestDevice): Send {
  return ({ measurements, images }) => {
    const [first] = measurements
    if (first !== undefined && Object.keys(images).length > 0) return device.multipart(first, images)
    if (first !== undefined && measurements.length === 1) return device.json(first)
    return device.lines(measurements)
  }
}
