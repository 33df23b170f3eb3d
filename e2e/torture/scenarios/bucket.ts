import { setTimeout as delay } from 'node:timers/promises'
import type { Fault as NetworkFault } from '../../../packages/server/src/testing/fault-proxy.ts'
import { seededRandom } from '../../drivers/random.ts'
import { type BucketGround, onBucket } from '../ground.ts'
import {
  type Scenario,
  type ScenarioOptions,
  type ScenarioResult,
  siteCounts,
  SLOWEST_RECOVERY,
} from '../scenario.ts'
import type { Site } from '../site.ts'
import type { Fault } from '../verify.ts'
import { killAt, killAtRandom, POINTS_OF_DEATH_WITH_BUCKET } from './kill.ts'

/** The node dies, with the rows in PostgreSQL and the pictures in a bucket. */
export const killNodeWithBucket: Scenario = killAtRandom(onBucket)
export const killNodeWithBucketAtPoints: Scenario = killAt(POINTS_OF_DEATH_WITH_BUCKET, onBucket)

/** ms until the server must store pictures again when the object store is back. */
const LONGEST_RECOVERY = 15_000

/**
 * The gateway of the object store dies amid uploads, or is stopped: pictures are answered 503, numbers go on, and with the
 * gateway pictures are back, without a restart.
 */
export const killStore: Scenario = (options) =>
  onEach(options, async ({ site, store }, cycle) => {
    const faults: Fault[] = []
    await store.halt(cycle % 2 === 1 ? 'killed' : 'stopped')
    site.load.forget()
    // Each is tried several times before it is refused.
    await untilRefused(site, 2)
    faults.push(...(await expectNumbersAlone(site)))
    await store.resume()
    return faults
  })

/** Connections to the object store are cut at some byte of what goes up or comes down, or it can't be reached at all. */
export const cutStoreConnections: Scenario = (options) => {
  const random = seededRandom(options.seed + 1)
  return onEach(options, async ({ site, network }, cycle) => {
    const cuts: readonly NetworkFault[] = [
      { kind: 'reset', way: 'up', after: Math.floor(random() * 300_000) },
      { kind: 'reset', way: 'down', after: Math.floor(random() * 300) },
      { kind: 'refuse' },
    ]
    const cut = cuts[(cycle - 1) % cuts.length]
    if (cut === undefined) return []
    const before = network.connections
    await network.begin(cut)
    site.load.forget()
    await delay(500 + random() * 1500)
    if (cut.kind === 'refuse') await untilRefused(site, 1)
    const faults = site.load.answers
      .filter(({ status, hasPicture }) => status !== 201 && !(hasPicture && status === 503))
      .map(({ status }): Fault => ({ kind: 'check', detail: `a cut connection: answered ${status}` }))
    if (cut.kind !== 'refuse' && network.connections === before)
      faults.push({ kind: 'check', detail: 'nothing went to the object store' })
    await network.heal()
    return faults
  })
}

/** Publishes, lets something happen, and compares what there is with the ledger when pictures can be stored again. */
async function onEach(
  { cycles, seed, say }: ScenarioOptions,
  happen: (ground: BucketGround, cycle: number) => Promise<readonly Fault[]>,
): Promise<ScenarioResult | { readonly missing: string }> {
  const ground = await onBucket(seed)
  if ('missing' in ground) return ground
  await using _ground = ground
  const { site } = ground
  const random = seededRandom(seed)
  const faults: Fault[] = []
  let done = 0
  let slowest = 0
  let refused = 0
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    const publishing = site.load.run(site.send)
    await delay(100 + random() * 800)
    faults.push(...(await happen(ground, cycle)))
    refused += site.load.refused
    slowest = Math.max(slowest, await untilPicturesAreTaken(site))
    site.load.stop()
    await publishing
    site.forgetReadPictures()
    faults.push(...(await site.compareAndRetry()))
    const after = await site.publish({ answers: 30 })
    if (site.load.refused > 0)
      faults.push({ kind: 'check', detail: `back again: answered ${JSON.stringify([...after])}` })
    done++
    say(`${cycle}: ${refused} refused, ${site.ledger.counts.images} pictures, ${faults.length} faults`)
  }
  if (faults.length === 0) faults.push(...(await site.check()))
  return { cycles: done, faults, counts: { ...siteCounts(site), [SLOWEST_RECOVERY]: Math.round(slowest) } }
}

/** Until so many pictures were refused; it takes as long as the server is patient with the store. */
async function untilRefused({ load }: Site, count: number): Promise<void> {
  const deadline = performance.now() + 60_000
  while (load.refused < count && performance.now() < deadline) await delay(10)
}

/** Whether numbers go on where pictures are refused, and can be read. */
async function expectNumbersAlone(site: Site): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  const { answers } = site.load
  const pictures = answers.filter(({ hasPicture }) => hasPicture)
  const numbers = answers.filter(({ hasPicture }) => !hasPicture)
  const wrong = [
    ...pictures.filter(({ status }) => ![201, 503].includes(status)),
    ...numbers.filter(({ status }) => status !== 201),
  ]
  if (wrong.length > 0)
    faults.push({
      kind: 'check',
      detail: `no object store: answered ${wrong.map(({ status }) => status).join()}`,
    })
  if (!pictures.some(({ status }) => status === 503))
    faults.push({ kind: 'check', detail: 'no object store: no picture was refused' })
  if (numbers.length < 10)
    faults.push({ kind: 'check', detail: `no object store: ${numbers.length} numbers stored` })
  const there = await site.account.measurements(site.device.name)
  if (there.length === 0) faults.push({ kind: 'check', detail: 'no object store: nothing can be read' })
  return faults
}

/** Gives the ms until a picture was stored that came after now. */
async function untilPicturesAreTaken({ load }: Site): Promise<number> {
  const start = performance.now()
  load.forget()
  for (;;) {
    const ms = performance.now() - start
    if (load.answers.some(({ status, hasPicture }) => hasPicture && status === 201)) return ms
    if (ms > LONGEST_RECOVERY) throw new Error('Pictures are not stored again.')
    await delay(10)
  }
}
