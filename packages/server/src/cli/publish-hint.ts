import { fieldFormat } from '@senio/protocol'
import type { Sensor } from '../storage/sensor-store.ts'
import { shellQuote } from './words.ts'

/** A curl line that publishes to this very sensor. */
export function publishHint(sensor: Sensor, key: string, publishUrl: string, now: number): string {
  const formats = sensor.fields.map(({ name, type }) => ({ ...fieldFormat(type), name }))
  const data = Object.fromEntries(
    formats.filter(({ isFile }) => !isFile).map(({ name, example }) => [name, example]),
  )
  const image = formats.find(({ isFile }) => isFile)
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
