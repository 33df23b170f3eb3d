import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import { type Fault as Injected, POINTS } from '../faults/fault.ts'
import { embedded, type OpenGround } from '../ground.ts'
import { ledgerCounts, type Scenario } from '../scenario.ts'
import type { Fault } from '../verify.ts'

/** How often all rows, rollups and pictures are read: it takes longer than a cycle. */
const CYCLES_PER_CHECK = 25

/** `kill -9` some time after publishing began, also while the program starts. */
export function killAtRandom(open: OpenGround): Scenario {
  return async ({ cycles, seed, say }) => {
    const ground = await open(seed)
    if ('missing' in ground) return ground
    await using _ground = ground
    const { site } = ground
    const random = seededRandom(seed)
    const faults: Fault[] = []
    let done = 0
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const publishing = site.load.run(site.send)
      await delay(random() * 800)
      await site.server.kill9()
      await publishing
      faults.push(...(await site.recover()))
      if (cycle % CYCLES_PER_CHECK === 0 || cycle === cycles) faults.push(...(await site.check()))
      done++
      say(`${cycle} kills, ${site.ledger.counts.measurements} measurements, ${faults.length} faults`)
      if (faults.length > 0) break
    }
    return {
      cycles: done,
      faults,
      counts: { ...ledgerCounts(site.ledger), 'slowest start, ms': Math.round(site.slowestStart) },
    }
  }
}

type PointOfDeath = Pick<Injected, 'point' | 'effect'>

/** Each place of the write path at which the process can die: before, amid and after what happens there. */
export const POINTS_OF_DEATH: readonly PointOfDeath[] = POINTS.flatMap((point) =>
  (['before', 'amid', 'after'] as const)
    .filter((moment) => moment !== 'amid' || point === 'draft-write')
    .map((moment) => ({ point, effect: { kill: moment } })),
)

/** Death at each of the points in turn, some calls after publishing began. */
export function killAt(points: readonly PointOfDeath[], open: OpenGround = embedded): Scenario {
  return async ({ cycles, seed, say }) => {
    const ground = await open(seed)
    if ('missing' in ground) return ground
    await using _ground = ground
    const { site, plan } = ground
    const random = seededRandom(seed)
    const faults: Fault[] = []
    let done = 0
    const deaths = new Map<string, number>()
    for (let cycle = 0; cycle < cycles && faults.length === 0; cycle++) {
      const point = points[cycle % points.length]
      if (point === undefined) break
      const nth = 1 + Math.floor(random() * furthest(point.point))
      if (await site.startWith({ ...plan, faults: [{ ...point, nth }] })) {
        // Whatever the last death has left behind is seen now.
        faults.push(...(await site.compareUnlessItEnds()))
        await Promise.all([site.load.run(site.send), site.server.end()])
      }
      const name = `${point.point}, ${Object.values(point.effect).join()}`
      deaths.set(name, (deaths.get(name) ?? 0) + 1)
      if ((cycle + 1) % CYCLES_PER_CHECK === 0) faults.push(...(await site.check()))
      done++
      say(`${cycle + 1}: killed at ${name}, ${faults.length} faults`)
    }
    faults.push(...(await site.recover()), ...(await site.check()))
    return {
      cycles: done,
      faults,
      counts: {
        ...ledgerCounts(site.ledger),
        'points of death': deaths.size,
        'slowest start, ms': Math.round(site.slowestStart),
      },
    }
  }
}

/** Up to which call after a start it may be. Directories of blobs are made rarely, commits at every moment. */
function furthest(point: Injected['point']): number {
  if (point === 'shard-make') return 2
  return point.startsWith('rows') ? 30 : 12
}
