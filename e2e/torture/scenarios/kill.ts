import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import {
  BUCKET_POINTS,
  DISK_POINTS,
  type Fault as Injected,
  type Point,
  ROW_POINTS,
} from '../faults/fault.ts'
import { embedded, type OpenGround } from '../ground.ts'
import { siteCounts, type Scenario } from '../scenario.ts'
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
      counts: siteCounts(site),
    }
  }
}

interface PointOfDeath {
  readonly point: Point
  readonly effect: { readonly kill: 'before' | 'amid' | 'after' }
}

/** Each place of the write path at which the process can die: before, amid and after what happens there. */
export const POINTS_OF_DEATH = deathsAt([...DISK_POINTS, ...ROW_POINTS])
/** The same where pictures go into a bucket. */
export const POINTS_OF_DEATH_WITH_BUCKET = deathsAt([...BUCKET_POINTS, ...ROW_POINTS])

function deathsAt(points: readonly Point[]): readonly PointOfDeath[] {
  return points.flatMap((point) =>
    (['before', 'amid', 'after'] as const)
      .filter((moment) => moment !== 'amid' || ['draft-write', 'spool-write', 'object-put'].includes(point))
      .map((moment) => ({ point, effect: { kill: moment } })),
  )
}

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
        ...siteCounts(site),
        'points of death': deaths.size,
      },
    }
  }
}

/** Up to which call after a start it may be. Directories of blobs are made rarely, few pictures are too large for the memory, and commits come at every moment. */
function furthest(point: Injected['point']): number {
  if (point === 'shard-make' || point.startsWith('spool')) return 2
  return point.startsWith('rows') ? 30 : 12
}
