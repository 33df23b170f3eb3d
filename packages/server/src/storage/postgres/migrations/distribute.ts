import type { Capabilities } from '../capabilities.ts'

/**
 * Spreads what is kept of a sensor over the servers of Citus, by the sensor: all of one sensor's is on the same server.
 * Nothing without such servers.
 *
 * `sensor_turn` has a row for each sensor that was written to. Whoever writes to a sensor changes its row first, and so
 * waits for a transaction that was committed here while its part over there isn't yet: that one's values can't be seen so long.
 */
export function distributeSql({ distribution }: Capabilities): string {
  if (!distribution) return ''
  const [first, ...others] = ['value', 'rollup', 'measurement_tags', 'tag_word', 'sensor_turn']
  return [
    'CREATE TABLE sensor_turn (sensor integer PRIMARY KEY, turn bigint NOT NULL);',
    `SELECT create_distributed_table('${first}', 'sensor');`,
    ...others.map(
      (table) => `SELECT create_distributed_table('${table}', 'sensor', colocate_with => '${first}');`,
    ),
  ].join('\n')
}
