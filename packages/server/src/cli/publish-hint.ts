import type { FieldTypeName } from '@senio/protocol'
import type { Sensor } from '../storage/sensor-store.ts'
import { shellQuote } from './words.ts'

/** A value to try each type with; null for files. */
const SAMPLE_VALUES = {
  scalar: 22.5,
  boolean: true,
  location: { lat: 52.52, lon: 13.405 },
  image: null,
} satisfies Record<FieldTypeName, unknown>

/** A curl line that publishes to this very sensor. */
export function publishHint(sensor: Sensor, key: string, publishUrl: string, now: number): string {
  const data = Object.fromEntries(
    sensor.fields
      .map(({ name, type }) => [name, SAMPLE_VALUES[type]] as const)
      .filter(([, value]) => value !== null),
  )
  const image = sensor.fields.find(({ type }) => SAMPLE_VALUES[type] === null)
  const json = JSON.stringify({ timestamp: now, data })
  const body =
    image === undefined
      ? ["-H 'Content-Type: application/json'", `-d ${shellQuote(json)}`]
      : [`-F ${shellQuote(`json=${json}`)}`, `-F ${shellQuote(`${image.name}=@picture.jpg`)}`]
  return [
    'Publish with:',
    `  curl ${shellQuote(publishUrl)} \\`,
    `    -H 'Authorization: Bearer ${key}' \\`,
    `    ${body.join(' \\\n    ')}`,
  ].join('\n')
}
