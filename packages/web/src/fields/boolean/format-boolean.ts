import type { BooleanValue } from '@senio/protocol'

/** A state in one word. */
export function formatBoolean(value: BooleanValue): string {
  return value ? 'On' : 'Off'
}
