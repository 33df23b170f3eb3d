import type { PostgresSession } from '../session.ts'
import { newRowsSql } from './new-rows.ts'

/**
 * A statement that changes the turns of sensors, see `distributeSql`, to be sent when their rows are held; nothing where
 * all is on one server.
 */
export function takeTurnsSql(session: PostgresSession, sensors: readonly number[]): string {
  if (!session.isDistributed) return ''
  const rows = newRowsSql(session, [
    ['int', sensors.map(String)],
    ['bigint', sensors.map(() => '1')],
  ])
  return `INSERT INTO sensor_turn ${rows} ON CONFLICT (sensor) DO UPDATE SET turn = sensor_turn.turn + 1;`
}
