import { MAX_NAME_LENGTH } from '@senio/protocol'
import type { nameFault } from './editor/draft.ts'
import { text } from './texts.ts'

/** What is wrong with a name, and what to do. */
export function nameFaultText(fault: NonNullable<ReturnType<typeof nameFault>>): string {
  return fault === 'missing' ? text('nameMissing') : text('nameTooLong', { count: MAX_NAME_LENGTH })
}
