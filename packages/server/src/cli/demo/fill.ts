import { availableParallelism } from 'node:os'
import { DAY, durationMs, fieldFormat, HOUR, MINUTE, timestampMs, type TimestampMs } from '@senio/protocol'
import type { NewField } from '@senio/protocol/api'
import type { Ingest } from '../../domain/ingest/ingest.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import { type GreenhouseState, isEvery, simulate } from './greenhouse.ts'
import { rounded } from './noise.ts'
import { PLACE } from './sun.ts'
import { weatherOf } from './weather-station.ts'

/** The fields of the demo's sensor. */
export const DEMO_FIELDS = [
  { name: 'inside', type: 'scalar', unit: 'celsius' },
  { name: 'outside', type: 'scalar', unit: 'celsius' },
  { name: 'humidity', type: 'scalar', unit: 'relative %' },
  { name: 'door', type: 'boolean', unit: '' },
  { name: 'cam1', type: 'image', unit: '' },
  { name: 'place', type: 'location', unit: '' },
] as const satisfies readonly Required<NewField>[]

/** How often each thing is measured. */
const NUMBERS_EVERY = durationMs(2 * MINUTE)
const PICTURES_EVERY = durationMs(15 * MINUTE)
const PLACE_EVERY = HOUR

const BATCH = 1000

export interface FillOptions {
  readonly sensor: Sensor
  /** Its neighbour, which measures the weather. */
  readonly weather: Sensor
  readonly ingest: Ingest
  /** The data end here. */
  readonly until: TimestampMs
  readonly days: number
  readonly seed: number
  readonly signal: AbortSignal
  /** @param share 0 to 1 */
  readonly onProgress: (share: number) => void
}

export interface Filled {
  readonly measurements: number
  readonly pictures: number
}

/** Publishes some days of the greenhouse through ingest, as its devices would have. */
export async function fillWithDemo(options: FillOptions): Promise<Filled> {
  const { sensor, weather, until, days, seed } = options
  const from = timestampMs(until - days * DAY)
  const states = [...simulate({ from, to: until }, seed)]
  const measured = states.filter((state, index) => isEvery(state, NUMBERS_EVERY) || doorMoved(states, index))
  const outside = weatherOf(states)
  await publishNumbers(sensor, measured.map(toMeasurement), options)
  await publishNumbers(weather, outside, options)
  const pictured = states.filter((state) => isEvery(state, PICTURES_EVERY))
  await publishPictures(pictured, from, options)
  return { measurements: measured.length + outside.length, pictures: pictured.length }
}

async function publishNumbers(
  sensor: Sensor,
  measurements: Parameters<Ingest['publishMany']>[1],
  { ingest, signal }: FillOptions,
): Promise<void> {
  for (let start = 0; start < measurements.length; start += BATCH) {
    signal.throwIfAborted()
    await ingest.publishMany(sensor, measurements.slice(start, start + BATCH))
  }
}

/** Several at a time: drawing takes the processor, storing waits for the disk. */
async function publishPictures(
  states: readonly GreenhouseState[],
  from: TimestampMs,
  { sensor, ingest, until, signal, onProgress }: FillOptions,
): Promise<void> {
  const field = DEMO_FIELDS.find(({ type }) => fieldFormat(type).isFile)?.name ?? ''
  // Only here: the library that draws takes memory, which no other command should pay.
  const { takePicture } = await import('./picture.ts')
  let next = 0
  let done = 0
  async function work(): Promise<void> {
    for (let state = states[next++]; state !== undefined; state = states[next++]) {
      signal.throwIfAborted()
      const picture = await takePicture(state, (state.timestamp - from) / (until - from))
      const pictures: Parameters<Ingest['publish']>[2] = new Map()
      await ingest.receive(sensor, field, once(picture), pictures)
      await ingest.publish(sensor, { timestamp: state.timestamp, tags: tagsOf(state) }, pictures, null)
      done++
      onProgress(done / states.length)
    }
  }
  await Promise.all(Array.from({ length: 2 * Math.min(4, availableParallelism()) }, work))
}

function toMeasurement(state: GreenhouseState) {
  const { timestamp, inside, outside, humidity, doorOpen } = state
  return {
    timestamp,
    data: {
      inside: rounded(inside, 1),
      outside: rounded(outside, 1),
      humidity: rounded(humidity, 0),
      door: doorOpen,
      ...(isEvery(state, PLACE_EVERY) ? { place: PLACE } : {}),
    },
  }
}

/** What one may look for among the pictures. */
function tagsOf({ sun, rain, doorOpen }: GreenhouseState): readonly string[] {
  return [sun.elevation < 0 ? 'night' : 'day', ...(rain ? ['rain'] : []), ...(doorOpen ? ['visitor'] : [])]
}

/** The switch at the door tells at once. */
function doorMoved(states: readonly GreenhouseState[], index: number): boolean {
  return states[index]?.doorOpen !== states[index - 1]?.doorOpen
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
