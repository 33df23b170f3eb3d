import type { NewImage } from '../../image-store.ts'
import type { NewMeasurement } from '../../measurement-store.ts'

/** What one call of `append` is to store, all or nothing. */
export interface AppendCall {
  readonly measurements: readonly NewMeasurement[]
  readonly images: readonly NewImage[]
}

/** Roughly what a call occupies while it waits, in bytes. */
export function sizeOf({ measurements, images }: AppendCall): number {
  let bytes = images.length * 400
  for (const { values, tags } of measurements) {
    bytes += 100
    if (tags !== null) bytes += 100 * Object.keys(tags).length
    for (const { value } of values) bytes += typeof value === 'number' ? 50 : 50 + value.length
  }
  return bytes
}
