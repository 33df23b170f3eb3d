/**
 * A request prepared once and varied in place: a load generator that builds text for every request would measure
 * itself. Slots have fixed widths, so nothing moves and the content length stays.
 */
export interface RequestTemplate {
  readonly bytes: Uint8Array
  readonly slots: readonly Slot[]
  /** Measurements in one request. */
  readonly entries: number
}

/** A place in the bytes that differs from request to request. `entry` counts the measurements in the request. */
export type Slot =
  /** The measurement's time: 13 digits of ms since the epoch, or PostgreSQL's binary timestamp. */
  | { readonly kind: 'time'; readonly at: number; readonly entry: number; readonly as: 'digits' | 'postgres' }
  /** A value that goes up and down by the day, 10.0 to 99.9: four characters, or a big-endian double. */
  | {
      readonly kind: 'value'
      readonly at: number
      readonly entry: number
      readonly field: number
      readonly as: 'digits' | 'double'
    }
  /** The number of the request, with leading zeros: whatever holds it is unlike all others. */
  | { readonly kind: 'number'; readonly at: number; readonly digits: number }

/** Where the measurements of a run lie in time: the nth at `first + n * step`. Both whole ms. */
export interface Times {
  readonly first: number
  readonly step: number
}

/** Fills the slots of a copy of the template's bytes for the request of that number. */
export function fillTemplate(bytes: Buffer, template: RequestTemplate, number: number, times: Times): void {
  const firstEntry = number * template.entries
  for (const slot of template.slots) {
    if (slot.kind === 'number') {
      writeDigits(bytes, slot.at, slot.digits, number)
      continue
    }
    const index = firstEntry + slot.entry
    const time = times.first + index * times.step
    if (slot.kind === 'time') {
      if (slot.as === 'digits') writeDigits(bytes, slot.at, 13, time)
      else writePostgresTime(bytes, slot.at, time)
    } else {
      const tenths = valueInTenths(time, slot.field)
      if (slot.as === 'double') bytes.writeDoubleBE(tenths / 10, slot.at)
      else writeTenths(bytes, slot.at, tenths)
    }
  }
}

const DAY = 86_400_000

/**
 * What a sensor indoors would measure: a daily wave, a yearly one and a little noise, in tenths from 100 to 999.
 * The same time and field always give the same value, whoever asks.
 */
export function valueInTenths(time: number, field: number): number {
  const daily = Math.sin((2 * Math.PI * time) / DAY + field)
  const yearly = Math.sin((2 * Math.PI * time) / (365 * DAY) + field)
  const hash = Math.imul((time / 1000 + field * 7919) | 0, 0x9e3779b1)
  const noise = ((hash ^ (hash >>> 15)) >>> 8) % 7
  return Math.round(400 + 150 * daily + 100 * yearly + noise)
}

function writeTenths(bytes: Buffer, at: number, tenths: number): void {
  bytes[at] = 48 + Math.trunc(tenths / 100)
  bytes[at + 1] = 48 + (Math.trunc(tenths / 10) % 10)
  bytes[at + 3] = 48 + (tenths % 10)
}

function writeDigits(bytes: Buffer, at: number, digits: number, value: number): void {
  let rest = value
  for (let position = at + digits - 1; position >= at; position--) {
    const next = Math.floor(rest / 10)
    bytes[position] = 48 + (rest - next * 10)
    rest = next
  }
}

/** ms from the Unix epoch to 2000-01-01, PostgreSQL's epoch. */
const POSTGRES_EPOCH = 946_684_800_000

/** Microseconds since 2000 as a big-endian 64-bit integer. */
function writePostgresTime(bytes: Buffer, at: number, time: number): void {
  const micros = (time - POSTGRES_EPOCH) * 1000
  const high = Math.floor(micros / 2 ** 32)
  bytes.writeInt32BE(high, at)
  bytes.writeUInt32BE(micros - high * 2 ** 32, at + 4)
}
