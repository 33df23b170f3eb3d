import type { FieldId } from '../sensor-store.ts'
import type { Connections } from './connections.ts'

/** Fields that are remembered. */
const CAPACITY = 100_000

/** Fields as two lists of the same length: every value is kept under its sensor. */
export interface OwnedFields {
  readonly sensors: readonly number[]
  readonly fields: readonly FieldId[]
}

/** Knows which sensor a field belongs to. It never changes, and ids aren't used again: so it may be remembered. */
export class FieldOwners {
  readonly #connections: Connections
  #known = new Map<FieldId, number>()

  constructor(connections: Connections) {
    this.#connections = connections
  }

  /** Fields that don't exist are left out; the others stay in order. */
  async of(fields: readonly FieldId[]): Promise<OwnedFields> {
    const unknown = fields.filter((field) => !this.#known.has(field))
    if (unknown.length > 0) {
      const rows = await this.#connections.use((session) =>
        session.tuples<readonly [FieldId, number]>(
          'SELECT id, sensor FROM field WHERE id = ANY($1::int[])',
          unknown,
        ),
      )
      if (this.#known.size > CAPACITY) this.#known = new Map()
      for (const [field, sensor] of rows) this.#known.set(field, sensor)
      // What was known before may just have been forgotten.
      if (fields.some((field) => !this.#known.has(field)) && rows.length === unknown.length)
        return this.of(fields)
    }
    const found = fields.filter((field) => this.#known.has(field))
    return { fields: found, sensors: found.map((field) => this.#known.get(field) ?? 0) }
  }
}
