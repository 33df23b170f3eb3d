import { durationMs, MINUTE } from '@senio/protocol'
import type { NewField } from '@senio/protocol/api'
import { type GreenhouseState, isEvery } from './greenhouse.ts'
import { rounded } from './noise.ts'

/** The fields of the demo's second sensor, which stands beside the greenhouse. */
export const WEATHER_FIELDS = [
  { name: 'temperature', type: 'scalar', unit: 'celsius' },
  { name: 'brightness', type: 'scalar', unit: 'relative %' },
  { name: 'rain', type: 'boolean', unit: '' },
] as const satisfies readonly Required<NewField>[]

const EVERY = durationMs(10 * MINUTE)

/** What the weather station published, ascending. */
export function weatherOf(states: readonly GreenhouseState[]) {
  return states
    .filter((state) => isEvery(state, EVERY))
    .map(({ timestamp, outside, light, rain }) => ({
      timestamp,
      data: { temperature: rounded(outside, 1), brightness: rounded(100 * light, 0), rain },
    }))
}
