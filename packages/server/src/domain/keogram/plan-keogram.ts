import { createHash } from 'node:crypto'
import { type KeogramColumn, SenioError, type TimeRange } from '@senio/protocol'
import { image } from '../../fields/image/image.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { FieldId, SensorId } from '../../storage/sensor-store.ts'
import { sliceOf } from '../../storage/slices.ts'

export interface KeogramPorts {
  readonly measurements: MeasurementStore
  readonly images: ImageStore
}

/** Of what a keogram is made. */
export interface KeogramSource {
  readonly sensor: SensorId
  /** An image field. */
  readonly field: FieldId
  readonly range: TimeRange
  /** Only pictures of measurements found by this word. */
  readonly tag?: string | undefined
}

export interface KeogramShape {
  /** Pixels, and slots that the range is divided into. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  readonly column: KeogramColumn
}

/** Which pictures a keogram shows where. */
export interface KeogramPlan {
  readonly shape: KeogramShape
  /** The pictures that can be shown, in the order of their columns. */
  readonly columns: readonly { readonly index: number; readonly image: StoredImage }[]
  /** Whether there are pictures whose thumbs are still to be made. */
  readonly hasPending: boolean
  /** 40 hex digits, the same for the same pixels: made of what the keogram shows. */
  readonly key: string
}

/** Grows whenever the same plan gives other pixels. */
const VERSION = 1

/** The first picture of each slot. Those that can't be decoded leave their slots empty. */
export async function planKeogram(
  { measurements, images }: KeogramPorts,
  { sensor, field, range, tag }: KeogramSource,
  shape: KeogramShape,
): Promise<KeogramPlan> {
  const tagged = tag === undefined ? {} : { tagged: { sensor, tag } }
  const values = await measurements.evenlySpaced({ field, range, count: shape.width, ...tagged })
  const firsts = new Map<number, string>()
  for (const { timestamp, value } of values) {
    const slot = sliceOf(range, timestamp, shape.width)
    if (!firsts.has(slot)) firsts.set(slot, image.decode(value))
  }
  const facts = await images.find([...new Set(firsts.values())])
  const all = [...firsts].map(([index, sha1]) => ({ index, image: factsOf(facts, sha1) }))
  const columns = all.filter((column) => column.image.state === 'ready')
  const pending = all.filter((column) => column.image.state === 'pending')
  const { width, height, column } = shape
  const shown = columns.map(({ index, image: { sha1 } }) => [index, sha1])
  const key = createHash('sha1')
    .update(JSON.stringify([VERSION, width, height, column, shown]))
    .digest('hex')
  return { shape, columns, hasPending: pending.length > 0, key }
}

function factsOf(facts: ReadonlyMap<string, StoredImage>, sha1: string): StoredImage {
  const found = facts.get(sha1)
  if (found !== undefined) return found
  throw new SenioError('defect', `The picture ${sha1} has a value but no row.`)
}
