import { ledgerCounts, type Scenario } from '../scenario.ts'
import { Site } from '../site.ts'
import { findStrace, slowSyncs } from '../strace.ts'
import type { Fault } from '../verify.ts'

const SYNC_MS = 50

/** Every sync takes long, and the process dies amid them. */
export const slowDisk: Scenario = async ({ cycles, seed, say }) => {
  const strace = await findStrace()
  if ('missing' in strace) return strace
  await using site = await Site.open({ seed })
  const faults: Fault[] = []
  let done = 0
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.startWith({}, slowSyncs(strace.path, SYNC_MS))
    const publishing = site.load.run(site.send)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await site.server.kill9()
    await publishing
    const wrong = [...site.load.refusals.keys()].filter((status) => status !== 503)
    if (wrong.length > 0) faults.push({ kind: 'check', detail: `slow disk: answered ${wrong.join()}` })
    faults.push(...(await site.recover()))
    done++
    say(
      `${cycle} kills with slow syncs, ${site.ledger.counts.measurements} measurements, ${faults.length} faults`,
    )
  }
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: ledgerCounts(site.ledger) }
}
