import { fieldFormat } from '@senio/protocol'
import type { FieldJson, LatestValueJson, ListedSensorJson } from '@senio/protocol/api'

/** A field of a sensor with its newest value. */
export interface Reading extends FieldJson, LatestValueJson {
  readonly name: string
}

/** What a card shows. */
export interface Newest {
  /** When anything was measured last, ms since the epoch; null before the first measurement. */
  readonly timestamp: number | null
  /** The newest picture; null when there is none. */
  readonly picture: Reading | null
  /** Every other field with a value, in the order of the fields. */
  readonly readings: readonly Reading[]
}

export function newest(sensor: Pick<ListedSensorJson, 'fields' | 'latest'>): Newest {
  const all: Reading[] = []
  for (const [name, field] of Object.entries(sensor.fields)) {
    const latest = sensor.latest[name]
    if (latest !== undefined) all.push({ name, ...field, ...latest })
  }
  const pictures = all.filter(isPicture).sort((a, b) => b.timestamp - a.timestamp)
  return {
    timestamp: all.length === 0 ? null : Math.max(...all.map(({ timestamp }) => timestamp)),
    picture: pictures[0] ?? null,
    readings: all.filter((reading) => !isPicture(reading)),
  }
}

function isPicture({ type }: Reading): boolean {
  return fieldFormat(type).isFile
}
