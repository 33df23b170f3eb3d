import type { BooleanValue } from '@senio/protocol'
import { text } from './texts.ts'

/** A state in one word. */
export function formatBoolean(value: BooleanValue): string {
  return value ? text('on') : text('off')
}
