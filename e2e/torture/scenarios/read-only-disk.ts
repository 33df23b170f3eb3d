import { join } from 'node:path'
import { JournalledDisk } from '../power/journalled-disk.ts'
import { siteCounts, type Scenario } from '../scenario.ts'
import { type Answers, Site } from '../site.ts'
import type { Fault } from '../verify.ts'

/**
 * The disk turns read-only while devices publish: 503, while what is there can be read, also after a restart; no loss when
 * it is mended.
 */
export const readOnlyDisk: Scenario = async ({ cycles, seed, say }) => {
  const disk = await JournalledDisk.make()
  if ('missing' in disk) return disk
  await using _disk = disk
  await using site = await Site.open({ seed, dataDir: join(disk.directory, 'data') })
  const faults: Fault[] = []
  let done = 0
  const expectOnlyRefusals = (answers: Answers, when: string): void => {
    const statuses = [...answers].filter(([, count]) => count > 0).map(([status]) => status)
    if (statuses.join() === '503') return
    faults.push({ kind: 'check', detail: `${when}: answered ${JSON.stringify([...answers])}` })
  }
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.publish({ answers: 100 })
    await disk.becomeReadOnly()
    // What was on its way.
    await site.publish({ refusals: 10 })
    expectOnlyRefusals(await site.publish({ answers: 30 }), 'read-only')
    faults.push(...(await site.compareUnlessItEnds()))
    // A server that is started on it shows what is there, and can be stopped.
    if (!site.server.hasEnded) await site.startUnableToStore()
    expectOnlyRefusals(await site.publish({ answers: 30 }), 'read-only, started anew')
    faults.push(...(await site.compare()))
    await site.server.stop()
    await disk.plugOut()
    await disk.plugIn()
    site.forgetReadPictures()
    faults.push(...(await site.recover()))
    done++
    say(`${cycle} times read-only, ${faults.length} faults`)
  }
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: siteCounts(site) }
}
