import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import type { FaultPlan, Point } from '../faults/fault.ts'
import { JournalledDisk } from '../power/journalled-disk.ts'
import {
  BLOBS_LOST,
  isOver,
  type Proof,
  ROWS_LOST,
  type Scenario,
  type ScenarioOptions,
  siteCounts,
} from '../scenario.ts'
import { Site } from '../site.ts'
import type { Fault } from '../verify.ts'

const CYCLES_PER_CHECK = 25

/** The power goes at some moment while devices publish: what wasn't synced is gone. */
export const cutPower: Scenario = (options) => cut(options, {}, null)

/** The same with a database that isn't told to sync each commit: it must lose something. */
export const cutPowerWithoutRowSyncs: Scenario = (options) =>
  cut(options, { synchronous: 'NORMAL' }, ROWS_LOST)

/** The same with pictures whose syncs do nothing: it must lose something. */
export const cutPowerWithoutBlobSyncs: Scenario = (options) => {
  const lies = (['draft-sync', 'directory-sync'] satisfies Point[]).map(
    (point) => ({ point, effect: { lie: true } }) as const,
  )
  return cut(options, { faults: lies.map((lie) => ({ ...lie, nth: 1, every: true })) }, BLOBS_LOST)
}

async function cut(
  { cycles, seed, say }: ScenarioOptions,
  plan: FaultPlan,
  proof: Proof | null,
): ReturnType<Scenario> {
  const disk = await JournalledDisk.make()
  if ('missing' in disk) return disk
  await using _disk = disk
  await using site = await Site.open({ seed, dataDir: join(disk.directory, 'data') })
  const random = seededRandom(seed)
  const faults: Fault[] = []
  let done = 0
  for (let cycle = 1; cycle <= cycles && !isOver(faults, proof); cycle++) {
    await site.startWith(plan)
    const publishing = site.load.run(site.send)
    await delay(100 + random() * 800)
    await disk.cutPower()
    await site.server.kill9()
    await publishing
    await disk.plugOut()
    await disk.plugIn()
    site.forgetReadPictures()
    faults.push(...(await site.recover()))
    if (faults.length === 0 && (cycle % CYCLES_PER_CHECK === 0 || cycle === cycles))
      faults.push(...(await site.check()))
    done++
    say(`${cycle} cuts, ${site.ledger.counts.measurements} measurements, ${faults.length} faults`)
  }
  return {
    cycles: done,
    faults,
    counts: siteCounts(site),
  }
}
