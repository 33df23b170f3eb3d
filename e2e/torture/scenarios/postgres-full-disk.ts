import { setTimeout as delay } from 'node:timers/promises'
import type { PostgresServer } from '../../../packages/server/src/testing/postgres/postgres-server.ts'
import { run } from '../run.ts'
import { onPostgres } from '../ground.ts'
import { SmallDisk } from '../power/small-disk.ts'
import { type Scenario, siteCounts, SLOWEST_RECOVERY } from '../scenario.ts'
import type { Answers } from '../site.ts'
import type { Fault } from '../verify.ts'

const DISK_BYTES = 256 * 1024 * 1024
const DISK_INODES = 20_000

/** The log is to leave room for tables. */
const SETTINGS = { max_wal_size: '64MB', min_wal_size: '32MB' }

/** More than PostgreSQL has files ready for its log. */
const MOST_LOG_FILES = 20

/** ms for PostgreSQL to see that it can't recover. */
const LONGEST_END = 30_000

/**
 * The disk of PostgreSQL gets full. When its tables find no room: 507, and what is there can be read. When its log finds none,
 * PostgreSQL ends: 503, until somebody makes room and starts it again. Then publishing goes on without a restart of the node.
 */
export const fillDatabaseDisk: Scenario = async ({ cycles, seed, say }) => {
  const disk = await SmallDisk.make(DISK_BYTES, DISK_INODES)
  if ('missing' in disk) return disk
  await using _disk = disk
  // PostgreSQL doesn't run as root, and has to come by.
  await run('chmod', ['711', disk.directory])
  const ground = await onPostgres(seed, disk.directory, SETTINGS)
  if ('missing' in ground) return ground
  await using _ground = ground
  const { site, database } = ground
  const faults: Fault[] = []
  let done = 0
  let slowest = 0
  const expect = (isRight: boolean, detail: string): void => {
    if (!isRight) faults.push({ kind: 'check', detail })
  }
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.publish({ answers: 60 })
    await disk.fill()
    // What PostgreSQL has room for already is taken.
    await site.publish({ refusals: 30 })
    const tables = await site.publish({ refusals: 30 })
    expect((tables.get(507) ?? 0) > 0 && onlyHas(tables, [201, 507]), `full: answered ${describe(tables)}`)
    faults.push(...(await site.compare()))

    await exhaustLog(database)
    const log = await site.publish({ refusals: 30 })
    expect((log.get(503) ?? 0) > 0 && onlyHas(log, [503]), `no room for the log: answered ${describe(log)}`)

    await disk.clear()
    await database.resume()
    slowest = Math.max(slowest, await site.ready())
    faults.push(...(await site.compareAndRetry()))
    const roomy = await site.publish({ answers: 60 })
    expect(onlyHas(roomy, [201]), `room again: answered ${describe(roomy)}`)
    faults.push(...(await site.compare()))
    done++
    say(`${cycle}: ${describe(tables)}, then ${describe(log)}, ${faults.length} faults`)
  }
  if (faults.length === 0) faults.push(...(await site.check()))
  return {
    cycles: done,
    faults,
    counts: { ...siteCounts(site), [SLOWEST_RECOVERY]: Math.round(slowest) },
  }
}

/** Until PostgreSQL ends of it. */
async function exhaustLog(database: PostgresServer): Promise<void> {
  for (let file = 0; file < MOST_LOG_FILES && !database.hasEnded(); file++) {
    await database
      .run(`SELECT pg_logical_emit_message(true, 'ballast', ''); SELECT pg_switch_wal()`)
      .catch(() => null)
  }
  const deadline = performance.now() + LONGEST_END
  while (!database.hasEnded()) {
    if (performance.now() > deadline) throw new Error('PostgreSQL goes on without room for its log.')
    await delay(50)
  }
}

function onlyHas(answers: Answers, allowed: readonly number[]): boolean {
  return [...answers].every(([status, count]) => count === 0 || allowed.includes(status))
}

function describe(answers: Answers): string {
  return JSON.stringify(Object.fromEntries(answers))
}
