import { createStored } from '../../timeline/stored.ts'
import type { Signal } from '../../timeline/signal.ts'

/** The ends of a fixed value axis, ascending; null: it fits itself to the values in sight. */
export type ValueScale = readonly [from: number, to: number] | null

/** What a person set for the graph of a unit of a sensor. */
export function storedScale(sensor: string, unit: string): Signal<ValueScale> {
  return createStored<ValueScale>(`senio.scale ${sensor} ${unit}`, parseScale, JSON.stringify)
}

/** null for everything that is no scale. */
export function parseScale(text: string | null): ValueScale {
  try {
    const parsed: unknown = JSON.parse(text ?? 'null')
    if (!Array.isArray(parsed) || parsed.length !== 2) return null
    const [from, to]: readonly unknown[] = parsed
    return isNumber(from) && isNumber(to) && from < to ? [from, to] : null
  } catch {
    return null
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
