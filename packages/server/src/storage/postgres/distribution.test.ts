import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { citusClusters, createCitusDatabase } from '../../testing/postgres/citus-database.ts'
import { type DatabaseUnderTest, newSensor, time } from '../contract/database-under-test.ts'
import { SCALE } from '../sql/pyramid/rollup.ts'
import { distributeSql } from './migrations/distribute.ts'
import { partitionOf } from './partitions.ts'
import { postgresDatabaseContract } from './postgres-database.contract.ts'
import { openTestDatabase } from './testing.ts'

test('what is kept of a sensor is distributed by it, all to the same server', () => {
  expect(distributeSql({ hypertables: false, distribution: false })).toBe('')
  const [, values, ...others] = distributeSql({ hypertables: false, distribution: true }).split('\n')
  expect(values).toBe(`SELECT create_distributed_table('value', 'sensor');`)
  expect(others).toHaveLength(4)
  for (const sql of others) expect(sql).toMatch(/'sensor', colocate_with => 'value'\);$/)
})

describe.each(citusClusters())('PostgreSQL with Citus', (cluster) => {
  postgresDatabaseContract(() => createCitusDatabase(cluster))

  describe('distribution', () => {
    let database: DatabaseUnderTest
    let coordinator: pg.Client
    beforeAll(async () => {
      const made = await createCitusDatabase(cluster)
      database = await openTestDatabase(made)
      coordinator = new pg.Client({ connectionString: made.url })
      await coordinator.connect()
    })
    afterAll(async () => {
      await coordinator.end()
      await database.dispose()
    })

    test('takes all servers that take any', async () => {
      const { rows } = await coordinator.query<{ table: string; servers: number }>(
        `SELECT table_name::text AS table, count(DISTINCT (nodename, nodeport))::int AS servers FROM citus_shards
           WHERE table_name::text LIKE 'senio.%' AND table_name::text NOT LIKE 'senio.value\\_%' GROUP BY 1 ORDER BY 1`,
      )
      expect(rows).toStrictEqual(
        ['measurement_tags', 'rollup', 'sensor_turn', 'tag_word', 'value'].map((name) => ({
          table: `senio.${name}`,
          servers: Math.max(1, cluster.workers.length),
        })),
      )
    })

    test('waits for what is committed and not yet there', async () => {
      const { db } = database
      const sensor = await newSensor(db)
      const { id, field } = sensor
      await db.measurements.append([sensor.at(-1000, 1)], [])
      const shardOf = async (table: string) => {
        const { rows } = await coordinator.query<{ name: string; host: string; port: number }>(
          `SELECT shard_name AS name, nodename AS host, nodeport AS port FROM citus_shards
             WHERE shardid = get_shard_id_for_distribution_column('${table}', ${id})`,
        )
        return rows[0] ?? { name: '', host: '', port: 0 }
      }
      const turn = await shardOf('senio.sensor_turn')
      const worker = new pg.Client({
        host: turn.host,
        port: turn.port,
        user: coordinator.user ?? '',
        database: coordinator.database ?? '',
      })
      await worker.connect()
      // What a server has of a transaction when it lost the coordinator between its two phases.
      await worker.query(`BEGIN; SET LOCAL citus.enable_manual_changes_to_shards = on;
          UPDATE ${turn.name} SET turn = turn + 1 WHERE sensor = ${id};
          INSERT INTO ${(await shardOf(`senio.${partitionOf(time(-1200), Date.now())?.name}`)).name} (sensor, field, ts, n)
            VALUES (${id}, ${field}, ${time(-1200)}, 1);
          UPDATE ${(await shardOf('senio.rollup')).name} SET count = count + 1, sum = sum + ${SCALE} WHERE sensor = ${id};
          PREPARE TRANSACTION 'undecided'`)
      const stored = { is: false }
      const append = db.measurements.append([sensor.at(-1500, 2)], []).then(() => (stored.is = true))
      try {
        await expect
          .poll(async () => (await worker.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount)
          .toBeGreaterThan(0)
        expect(stored.is).toBe(false)
      } finally {
        await worker.query(`COMMIT PREPARED 'undecided'`)
        await worker.end()
        await append
      }
      // It went on from the rollup that the other transaction had made.
      expect(await db.findFaults()).toStrictEqual([])
    })
  })
})
