import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import {
  BUCKET_POINTS,
  DISK_POINTS,
  type Fault as Injected,
  type Point,
  ROW_POINTS,
} from '../faults/fault.ts'
import { embedded, type Ground, type OpenGround } from '../ground.ts'
import { siteCounts, type Scenario, sumOfCounts } from '../scenario.ts'
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

/**
 * Death at each of the points in turn, some calls after publishing began. After all of them it is begun again with an empty
 * place: what happens rarely where there is much, happens soon there.
 */
export function killAt(points: readonly PointOfDeath[], open: OpenGround = embedded): Scenario {
  const rarestFirst = points.toSorted((a, b) => Number(isRare(b.point)) - Number(isRare(a.point)))
  return async ({ cycles, seed, say }) => {
    const faults: Fault[] = []
    const deaths = new Set<string>()
    const all: Record<string, number>[] = []
    let done = 0
    while (done < cycles && faults.length === 0) {
      const ground = await open(seed + done)
      if ('missing' in ground) return ground
      await using _ground = ground
      const random = seededRandom(seed + done)
      for (const death of rarestFirst.slice(0, cycles - done)) {
        faults.push(...(await dieAt(ground, death, random)))
        const name = `${death.point}, ${death.effect.kill}`
        deaths.add(name)
        done++
        say(`${done}: killed at ${name}, ${faults.length} faults`)
        if (faults.length > 0) break
      }
      faults.push(...(await ground.site.recover()), ...(await ground.site.check()))
      all.push(siteCounts(ground.site))
    }
    return { cycles: done, faults, counts: { ...sumOfCounts(all), 'points of death': deaths.size } }
  }
}

async function dieAt(
  { site, plan }: Ground,
  death: PointOfDeath,
  random: () => number,
): Promise<readonly Fault[]> {
  const nth = 1 + Math.floor(random() * furthest(death.point))
  if (!(await site.startWith({ ...plan, faults: [{ ...death, nth }] }))) return []
  // Whatever the last death has left behind is seen now.
  const faults = await site.compareUnlessItEnds()
  await Promise.all([site.load.run(site.send), site.server.end()])
  return faults
}

/** Directories of blobs are made while there are few of them. */
function isRare(point: Point): boolean {
  return point === 'shard-make'
}

/** Up to which call after a start it may be. Directories of blobs are made rarely, few pictures are too large for the memory, and commits come at every moment. */
function furthest(point: Injected['point']): number {
  if (isRare(point) || point.startsWith('spool')) return 2
  return point.startsWith('rows') ? 30 : 12
}
