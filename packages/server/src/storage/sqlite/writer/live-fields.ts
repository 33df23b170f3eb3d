import type { Statements } from '../connection.ts'

/**
 * Which fields may be written: those not deleted, of sensors not deleted. Remembered until any process changes
 * a sensor.
 */
export class LiveFields {
  readonly #statements: Statements
  readonly #sensors = new Map<number, number | null>()
  #version: unknown = null

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** To be called at the start of each write transaction: what it finds holds until the end of it. */
  refresh(): void {
    const version = this.#statements.get('SELECT version FROM sensor_version').get()?.['version']
    if (version === this.#version) return
    this.#version = version
    this.#sensors.clear()
  }

  /** The sensor of a field; null when either is deleted. */
  sensorOf(field: number): number | null {
    const known = this.#sensors.get(field)
    if (known !== undefined) return known
    const found = this.#statements
      .get(
        `SELECT sensor.id FROM field JOIN sensor ON sensor.id = field.sensor
         WHERE field.id = ? AND field.deleted = 0 AND sensor.deleted = 0`,
      )
      .get(field)?.['id']
    const sensor = typeof found === 'number' ? found : null
    this.#sensors.set(field, sensor)
    return sensor
  }
}
