import type { MeasurementJson } from '@senio/protocol/api'
import { MAX_MESSAGE_BYTES, type NodeMessages } from '../../storage/node-messages.ts'
import type { SensorId } from '../../storage/sensor-store.ts'
import type { LiveEvents, LiveListener } from './live-events.ts'
import { LocalLiveEvents } from './local-live-events.ts'

/** Messages about one publish call. Whoever listens at another node asks for what would take more. */
const MOST_MESSAGES = 4

/** `live <sensor> <JSON list of measurements>`, or `live <sensor> missed`. */
const MESSAGE = /^live (\d+) (.*)$/
const MISSED = 'missed'

/** Live events of all nodes of an installation. */
export class SharedLiveEvents implements LiveEvents {
  readonly #local = new LocalLiveEvents()
  readonly #messages: NodeMessages
  #isListening = false

  constructor(messages: NodeMessages) {
    this.#messages = messages
  }

  publish(sensor: SensorId, measurements: () => Iterable<MeasurementJson>): void {
    this.#local.publish(sensor, measurements)
    for (const text of messagesOf(measurements())) this.#messages.send(`live ${sensor} ${text}`)
  }

  async subscribe(sensor: SensorId, listener: LiveListener): Promise<() => void> {
    const end = await this.#local.subscribe(sensor, listener)
    if (!this.#isListening) this.#listen()
    await this.#messages.ready()
    return end
  }

  #listen(): void {
    this.#isListening = true
    this.#messages.listen({
      onMissed: () => this.#local.publishMissed(null),
      onMessage: (message) => {
        const [, id, text = ''] = MESSAGE.exec(message) ?? []
        if (id === undefined) return
        const sensor = Number(id) as SensorId
        if (text === MISSED) this.#local.publishMissed(sensor)
        else this.#local.publish(sensor, () => JSON.parse(text) as readonly MeasurementJson[])
      },
    })
  }
}

function messagesOf(measurements: Iterable<MeasurementJson>): readonly string[] {
  // The rest is for what stands before the list.
  const room = MAX_MESSAGE_BYTES - 100
  const messages: string[] = []
  let list = ''
  let bytes = 0
  for (const measurement of measurements) {
    const json = JSON.stringify(measurement)
    const length = Buffer.byteLength(json) + 1
    if (bytes + length > room) {
      if (length > room || messages.length + 1 >= MOST_MESSAGES) return [MISSED]
      messages.push(`[${list}]`)
      bytes = 0
    }
    list = bytes === 0 ? json : `${list},${json}`
    bytes += length
  }
  return bytes === 0 ? messages : [...messages, `[${list}]`]
}
