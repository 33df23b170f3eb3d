import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../drivers/random.ts'
import type { FaultPlan, Point } from '../faults/fault.ts'
import type { Load } from '../load.ts'
import { siteCounts, type Scenario } from '../scenario.ts'
import { Site } from '../site.ts'
import { findStrace, failing } from '../strace.ts'
import type { Fault } from '../verify.ts'

interface FailingCall {
  readonly name: string
  readonly plan: FaultPlan
  readonly wrapper: readonly string[]
  /** The only answers that a publish may get while the calls fail. */
  readonly answers: readonly number[]
  /** Whether the server must end: what is on the disk is in doubt. */
  readonly ends: boolean
}

/** ms for calls whose failing must end the server, and for those whose failing must not, where few are refused. */
const LONGEST_TIME = 15_000
const FAILING_TIME = 1500

/** Refusals that show how a call's failing is answered. */
const ENOUGH_REFUSALS = 8

const ERRORS = [
  ['EIO', 503],
  ['ENOSPC', 507],
] as const
const BLOB_CALLS = [
  'draft-open',
  'draft-write',
  'draft-sync',
  'shard-make',
  'blob-link',
  'directory-sync',
] satisfies Point[]

/** Every n-th call on a picture's way to the disk fails, in turn with each error. */
export function failingBlobCalls(random: () => number): readonly FailingCall[] {
  return ERRORS.flatMap(([error, status]) =>
    BLOB_CALLS.map((point) => {
      const nth = 2 + Math.floor(random() * 6)
      const faults = [{ point, effect: { error }, nth, every: true }]
      return {
        name: `${point}: ${error}`,
        plan: { faults },
        wrapper: [],
        answers: [201, status],
        ends: error === 'EIO' && point.endsWith('-sync'),
      }
    }),
  )
}

/** Every n-th call that SQLite makes fails. */
export function failingRowCalls(strace: string, random: () => number): readonly FailingCall[] {
  return (['pwrite64', 'fsync'] as const).flatMap((call) =>
    ERRORS.map(([error]) => {
      const nth = 30 + Math.floor(random() * 30)
      const wrapper = failing(strace, call, error, nth)
      // What SQLite makes of an error of the log is for it to say: an I/O error is one, whatever the reason.
      return {
        name: `${call}: ${error}`,
        plan: {},
        wrapper,
        answers: [201, 503, 507],
        ends: call === 'fsync',
      }
    }),
  )
}

/** Calls of the file system fail while devices publish: no 201 for what is lost, nothing left of what was refused. */
export const failBlobCalls: Scenario = (options) =>
  fail(options, failingBlobCalls(seededRandom(options.seed)))

/** The same with the calls of SQLite, which strace lets fail. */
export const failRowCalls: Scenario = async (options) => {
  const strace = await findStrace()
  if ('missing' in strace) return strace
  return fail(options, failingRowCalls(strace.path, seededRandom(options.seed)))
}

async function fail(
  { cycles, seed, say }: Parameters<Scenario>[0],
  calls: readonly FailingCall[],
): ReturnType<Scenario> {
  await using site = await Site.open({ seed })
  const faults: Fault[] = []
  let done = 0
  let ends = 0
  for (let cycle = 0; cycle < cycles && faults.length === 0; cycle++) {
    const call = calls[cycle % calls.length]
    if (call === undefined) break
    site.load.forget()
    const isUp = await site.startWith(call.plan, call.wrapper)
    if (isUp) {
      const publishing = site.load.run(site.send)
      const ended = await Promise.race([
        site.server.end(),
        call.ends ? delay(LONGEST_TIME, null) : enoughRefusals(site.load),
      ])
      site.load.stop()
      await publishing
      if (ended !== (call.ends ? 1 : null))
        faults.push({ kind: 'check', detail: `${call.name}: ended with ${ended}` })
    }
    const wrong = [...site.load.refusals.keys()].filter((status) => !call.answers.includes(status))
    if (wrong.length > 0) faults.push({ kind: 'check', detail: `${call.name}: answered ${wrong.join()}` })
    if (site.server.hasEnded) ends++
    else {
      // What was refused is absent already, and reading goes on.
      faults.push(...(await site.compareUnlessItEnds()))
      await site.server.kill9()
    }
    faults.push(...(await site.recover()))
    done++
    say(`${cycle + 1}: ${call.name}, ${JSON.stringify([...site.load.refusals])}, ${faults.length} faults`)
  }
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: { ...siteCounts(site), 'ends of the server': ends } }
}

/** Resolves with null when it is seen how failing calls are answered; some are rarely made. */
async function enoughRefusals(load: Load): Promise<null> {
  const deadline = performance.now() + FAILING_TIME
  while (load.refused < ENOUGH_REFUSALS && performance.now() < deadline) await delay(5)
  return null
}
