import { join } from 'node:path'
import { JournalledDisk } from '../power/journalled-disk.ts'
import { ledgerCounts, type Scenario } from '../scenario.ts'
import { Site } from '../site.ts'
import type { Fault } from '../verify.ts'

/** The disk turns read-only while devices publish: 503, while what is there can be read; no loss when it is mended. */
export const readOnlyDisk: Scenario = async ({ cycles, seed, say }) => {
  const disk = await JournalledDisk.make()
  if ('missing' in disk) return disk
  await using _disk = disk
  await using site = await Site.open({ seed, dataDir: join(disk.directory, 'data') })
  const faults: Fault[] = []
  let done = 0
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.publishFor(500)
    await disk.becomeReadOnly()
    // What was on its way.
    await site.publishFor(200)
    const answers = site.server.hasEnded ? new Map<number, number>() : await site.publishFor(500)
    const statuses = [...answers].filter(([, count]) => count > 0).map(([status]) => status)
    if (statuses.join() !== '503') {
      faults.push({ kind: 'check', detail: `read-only: answered ${JSON.stringify([...answers])}` })
    }
    faults.push(...(await site.compareUnlessItEnds()))
    if (!site.server.hasEnded) await site.server.kill9()
    await disk.plugOut()
    await disk.plugIn()
    site.forgetReadPictures()
    faults.push(...(await site.recover()))
    done++
    say(`${cycle} times read-only, ${faults.length} faults`)
  }
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: ledgerCounts(site.ledger) }
}
