import { seededRandom } from '../drivers/random.ts'
import type { DeviceMeasurement, TestDevice } from '../drivers/test-device.ts'
import type { Ledger, Outcome, Shipment } from './ledger.ts'
import { picture } from './picture.ts'
import { randomTags } from './random-tags.ts'

const EPOCH = 1_600_000_000_000
/** Of the measurements of one timestamp to the next, in ms; a fraction, to be given back to the last digit. */
const STEP = 1000.25
type Kind = 'numbers' | 'batch' | 'picture'
/** What each connection sends. */
const CONNECTIONS: readonly Kind[] = ['numbers', 'numbers', 'numbers', 'batch', 'picture', 'picture']
/** ms for which a connection waits that was refused: all of them would ask a thousand times a second otherwise. */
const PAUSE_OF_ONE = 20

/** How a request is sent, by whichever way in. Rejects when the connection broke before there was an answer. */
export type Send = (
  shipment: Shipment,
) => Promise<{ readonly status: number; readonly retryAfter: string | null }>

/** One request that got an answer. */
export interface Answered {
  readonly status: number
  readonly hasPicture: boolean
  /** Until the whole answer was there. */
  readonly ms: number
}

/** What a device is to come back for, and when it is told to. */
const COME_BACK: ReadonlySet<number> = new Set([503, 507])

/** What devices publish: numbers, batches, pictures, retries, values that replace others, all from one seed. */
export class Load {
  readonly #ledger: Ledger
  readonly #random: () => number
  readonly #basePicture: Buffer
  #timestamp = EPOCH
  #serial = 0
  #isStopped = false
  #answers: Answered[] = []
  #refused = 0
  #withoutRetryAfter = 0

  /** @param basePicture a JPEG; each picture that is sent is this one with bytes of its own */
  constructor(ledger: Ledger, basePicture: Buffer, seed: number) {
    this.#ledger = ledger
    this.#basePicture = basePicture
    this.#random = seededRandom(seed)
  }

  /** Requests that got an answer since `forget`. */
  get answers(): readonly Answered[] {
    return this.#answers
  }

  /** How many of them got which answer other than 201. */
  get refusals(): ReadonlyMap<number, number> {
    const refusals = new Map<number, number>()
    for (const { status } of this.#answers) {
      if (status !== 201) refusals.set(status, (refusals.get(status) ?? 0) + 1)
    }
    return refusals
  }

  /** The sum of `refusals`. */
  get refused(): number {
    return this.#refused
  }

  /** How many were told to come back but not when, from the first on. */
  get withoutRetryAfter(): number {
    return this.#withoutRetryAfter
  }

  /** Counts answers anew. */
  forget(): void {
    this.#answers = []
    this.#refused = 0
  }

  /**
   * Publishes on some connections, each waiting for its answer, until `stop`, or until no connection gets an answer any
   * more. A refused request is not the end: those that follow may be taken.
   * @param crowd further connections, all of which send numbers
   */
  async run(send: Send, crowd = 0): Promise<void> {
    this.#isStopped = false
    const kinds = [...CONNECTIONS, ...Array.from({ length: crowd }, (): Kind => 'numbers')]
    const pause = (PAUSE_OF_ONE * kinds.length) / CONNECTIONS.length
    await Promise.all(kinds.map((kind) => this.#connection(send, kind, pause)))
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Sends one, and notes it in the ledger. */
  async publish(send: Send, shipment: Shipment): Promise<Outcome> {
    const note = this.#ledger.sending(shipment)
    const started = performance.now()
    let outcome: Outcome
    try {
      const { status, retryAfter } = await send(shipment)
      const ms = performance.now() - started
      this.#answers.push({ status, hasPicture: Object.keys(shipment.images).length > 0, ms })
      if (status !== 201) this.#refused++
      if (COME_BACK.has(status) && retryAfter === null) this.#withoutRetryAfter++
      outcome = status
    } catch {
      outcome = null
    }
    note(outcome)
    return outcome
  }

  /** The next thing that a device sends: no two have a picture in common, or, but on purpose, a timestamp. */
  next(kind: Kind): Shipment {
    if (kind === 'batch') {
      const count = 2 + Math.floor(this.#random() * 60)
      return { measurements: Array.from({ length: count }, () => this.#measurement()), images: {} }
    }
    const measurement = this.#measurement()
    if (kind === 'numbers') return { measurements: [measurement], images: {} }
    return { measurements: [measurement], images: { cam1: this.#picture(this.#pictureBytes()) } }
  }

  async #connection(send: Send, kind: Kind, pause: number): Promise<void> {
    while (!this.#isStopped) {
      const shipment = this.next(kind)
      const outcome = await this.publish(send, shipment)
      if (outcome === null) return
      if (this.#random() < 0.1) await this.publish(send, shipment)
      if (this.#random() < 0.1) await this.publish(send, this.#replacing(shipment))
      if (outcome !== 201) await new Promise((resolve) => setTimeout(resolve, pause))
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
    return {
      timestamp: this.#timestamp,
      data: { temp: ++this.#serial, humidity: this.#random() * 100 },
      tags: randomTags(this.#random),
    }
  }

  /** Some are larger than what waits in memory. */
  #pictureBytes(): number {
    const kind = this.#random()
    if (kind < 0.05) return 1_300_000
    return kind < 0.2 ? 400_000 : Math.floor(this.#random() * 20_000)
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
