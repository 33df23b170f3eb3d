import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import { onPostgres, type PostgresGround } from '../ground.ts'
import { JournalledDisk } from '../power/journalled-disk.ts'
import { run } from '../run.ts'
import {
  isOver,
  type Proof,
  ROWS_LOST,
  type Scenario,
  type ScenarioOptions,
  type ScenarioResult,
  siteCounts,
  SLOWEST_RECOVERY,
} from '../scenario.ts'
import type { Fault } from '../verify.ts'
import { killAt, killAtRandom, POINTS_OF_DEATH } from './kill.ts'

/** As on one machine, with the rows in PostgreSQL: the node dies. */
export const killNode: Scenario = killAtRandom(onPostgres)
export const killNodeAtPoints: Scenario = killAt(POINTS_OF_DEATH, onPostgres)

/** PostgreSQL dies by `kill -9` while devices publish; the node goes on, and publishes again once it is back. */
export const killDatabase: Scenario = async (options) => {
  const ground = await onPostgres(options.seed)
  if ('missing' in ground) return ground
  await using _ground = ground
  return await cycles(options, ground, () => ground.database.halt('killed'), null)
}

/** The power goes where PostgreSQL runs: of what it wrote, only what it synced is there when it comes back. */
export const cutDatabasePower: Scenario = (options) => cutPower(options, async () => undefined, null)

/** The same with a PostgreSQL that is told not to sync once Senio has seen that it does: it must lose something. */
export const cutDatabasePowerWithoutSyncs: Scenario = (options) =>
  cutPower(options, ({ database }) => database.set('fsync', 'off'), ROWS_LOST)

async function cutPower(
  options: ScenarioOptions,
  prepare: (ground: PostgresGround) => Promise<void>,
  proof: Proof | null,
): ReturnType<Scenario> {
  const disk = await JournalledDisk.make()
  if ('missing' in disk) return disk
  await using _disk = disk
  // PostgreSQL doesn't run as root, and has to come by.
  await run('chmod', ['711', disk.home, disk.directory])
  const ground = await onPostgres(options.seed, disk.directory)
  if ('missing' in ground) return ground
  await using _ground = ground
  await prepare(ground)
  // The cluster was made without a sync, for speed.
  await run('sync', ['-f', disk.directory])
  const stop = async (): Promise<void> => {
    await disk.cutPower()
    await ground.database.halt('killed')
    await disk.plugOut()
    await disk.plugIn()
  }
  return await cycles(options, ground, stop, proof)
}

/** Publishes, stops the database in some way, and compares what there is with the ledger when it runs again. */
async function cycles(
  { cycles: count, seed, say }: ScenarioOptions,
  ground: PostgresGround,
  stop: () => Promise<void>,
  proof: Proof | null,
): Promise<ScenarioResult> {
  const { site, database } = ground
  const random = seededRandom(seed)
  const faults: Fault[] = []
  let done = 0
  let slowest = 0
  for (let cycle = 1; cycle <= count && !isOver(faults, proof); cycle++) {
    site.load.forget()
    const publishing = site.load.run(site.send)
    await delay(100 + random() * 800)
    await stop()
    await database.resume()
    slowest = Math.max(slowest, await site.ready())
    site.load.stop()
    await publishing
    const wrong = [...site.load.refusals.keys()].filter((status) => status !== 503)
    if (wrong.length > 0) faults.push({ kind: 'check', detail: `no database: answered ${wrong.join()}` })
    faults.push(...(await site.compareAndRetry()))
    const after = await site.publish({ answers: 30 })
    if (site.load.refused > 0)
      faults.push({ kind: 'check', detail: `back again: answered ${JSON.stringify([...after])}` })
    done++
    say(`${cycle}: ${site.ledger.counts.measurements} measurements, ${faults.length} faults`)
  }
  if (faults.length === 0) faults.push(...(await site.check()))
  return {
    cycles: done,
    faults,
    counts: { ...siteCounts(site), [SLOWEST_RECOVERY]: Math.round(slowest) },
  }
}
