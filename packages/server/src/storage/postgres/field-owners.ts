import type { FieldId } from '../sensor-store.ts'
import type { PostgresSession } from './session.ts'

/** Fields that are remembered. */
const CAPACITY = 100_000

/** Fields as two lists of the same length: every value is kept under its sensor. */
export interface OwnedFields {
  readonly sensors: readonly number[]
  readonly fields: readonly FieldId[]
}

/** Knows which sensor a field belongs to. It never changes, and ids aren't used again: so it may be remembered. */
export class FieldOwners {
  readonly #known = new Map<FieldId, number>()

  /** Fields that don't exist are left out; the others stay in order. */
  async of(session: PostgresSession, fields: readonly FieldId[]): Promise<OwnedFields> {
    if (this.#known.size > CAPACITY) this.#known.clear()
    const unknown = fields.filter((field) => !this.#known.has(field))
    if (unknown.length > 0) {
      const rows = await session.tuples<readonly [FieldId, number]>(
        'SELECT id, sensor FROM field WHERE id = ANY($1::int[])',
        unknown,
      )
      for (const [field, sensor] of rows) this.#known.set(field, sensor)
      // Another call may have emptied the memory meanwhile.
      if (rows.length === unknown.length && fields.some((field) => !this.#known.has(field))) {
        return this.of(session, fields)
      }
    }
    const found = fields.filter((field) => this.#known.has(field))
    return { fields: found, sensors: found.map((field) => this.#known.get(field) ?? 0) }
  }
}
