import type { PostgresSession } from '../session.ts'

/**
 * A statement that changes the turns of sensors, see `distributeSql`, after their rows are held; nothing where all is on
 * one server.
 *
 * @param sensors as SQL
 */
export function takeTurnsSql({ isDistributed }: PostgresSession, sensors: string): string {
  if (!isDistributed) return ''
  return `INSERT INTO sensor_turn SELECT sensor, 1 FROM unnest(${sensors}::int[]) AS sensor
    ON CONFLICT (sensor) DO UPDATE SET turn = sensor_turn.turn + 1;`
}
