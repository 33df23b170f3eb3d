import { setTimeout as delay } from 'node:timers/promises'
import { type Scenario, siteCounts } from '../scenario.ts'
import { Site } from '../site.ts'
import { findStrace, slowSyncs } from '../strace.ts'
import type { Fault } from '../verify.ts'

const SYNC_MS = 400
/** More than may wait at a time when the oldest waits for a sync like that. */
const CROWD = 400
/** ms for which it goes on. */
const TIME = 5000
/**
 * Most ms until 19 of 20 requests with numbers are answered, with 201 or 503: a commit that goes on and their own, and what
 * a machine that does much else takes for all of them.
 */
const LONGEST_ANSWER = 10_000

/**
 * Every sync takes long, and more come than it takes: who finds too many waiting is answered 503 and when to come back,
 * nobody waits without end, and the process dies amid the syncs.
 */
export const slowDisk: Scenario = async ({ cycles, seed, say }) => {
  const strace = await findStrace()
  if ('missing' in strace) return strace
  await using site = await Site.open({ seed })
  const faults: Fault[] = []
  let done = 0
  let slowest = 0
  let sentAway = 0
  const expect = (isRight: boolean, detail: string): void => {
    if (!isRight) faults.push({ kind: 'check', detail: `slow disk: ${detail}` })
  }
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.startWith({}, slowSyncs(strace.path, SYNC_MS))
    site.load.forget()
    const publishing = site.load.run(site.send, CROWD)
    await delay(TIME)
    await site.server.kill9()
    await publishing
    const { answers, refusals } = site.load
    const wrong = [...refusals.keys()].filter((status) => status !== 503)
    expect(wrong.length === 0, `answered ${wrong.join()}`)
    expect((refusals.get(503) ?? 0) > 0, 'nobody was sent away')
    expect(answers.length > (refusals.get(503) ?? 0), 'nothing was stored')
    const waits = answers.filter(({ hasPicture }) => !hasPicture).map(({ ms }) => ms)
    const wait = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0
    expect(wait < LONGEST_ANSWER, `answers took ${Math.round(wait)} ms`)
    slowest = Math.max(slowest, wait)
    sentAway += refusals.get(503) ?? 0
    faults.push(...(await site.recover()))
    done++
    say(
      `${cycle}: ${answers.length} answers, ${sentAway} times sent away, 95 % within ${Math.round(wait)} ms, ${faults.length} faults`,
    )
  }
  faults.push(...(await site.check()))
  return {
    cycles: done,
    faults,
    counts: { ...siteCounts(site), '95 % of answers within, ms': Math.round(slowest) },
  }
}
