import type { FieldTypeName } from '@senio/protocol'
import type { Statements } from '../connection.ts'

/** A field that may be written. */
export interface LiveField {
  readonly sensor: number
  readonly type: FieldTypeName
}

/**
 * Which fields may be written: those not deleted, of sensors not deleted. Remembered until any process changes
 * a sensor.
 */
export class LiveFields {
  readonly #statements: Statements
  readonly #fields = new Map<number, LiveField | null>()
  #version: unknown = null

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** To be called at the start of each write transaction: what it finds holds until the end of it. */
  refresh(): void {
    const version = this.#statements.get('SELECT version FROM registry_version').get()?.['version']
    if (version === this.#version) return
    this.#version = version
    this.#fields.clear()
  }

  /** Null when the field or its sensor is deleted. */
  find(field: number): LiveField | null {
    const known = this.#fields.get(field)
    if (known !== undefined) return known
    const row = this.#statements
      .get(
        `SELECT sensor.id AS sensor, type FROM field JOIN sensor ON sensor.id = field.sensor
         WHERE field.id = ? AND field.deleted = 0 AND sensor.deleted = 0`,
      )
      .get(field)
    const found =
      row === undefined ? null : { sensor: Number(row['sensor']), type: String(row['type']) as FieldTypeName }
    this.#fields.set(field, found)
    return found
  }
}
