import { join } from 'node:path'
import { ADMIN } from '../../drivers/test-server.ts'
import { SmallDisk } from '../power/small-disk.ts'
import { siteCounts, type Scenario } from '../scenario.ts'
import { Site } from '../site.ts'
import type { Fault } from '../verify.ts'

const DISK_BYTES = 64 * 1024 * 1024
const DISK_INODES = 4000

/**
 * The disk gets full, and the disk has no name left: 507, while what is there can be read, by people who sign in, too, and
 * after a restart; when there is room again, publishing goes on without one.
 */
export const fillDisk: Scenario = async ({ cycles, seed, say }) => {
  const disk = await SmallDisk.make(DISK_BYTES, DISK_INODES)
  if ('missing' in disk) return disk
  await using _disk = disk
  await using site = await Site.open({ seed, dataDir: join(disk.directory, 'data') })
  const faults: Fault[] = []
  let done = 0
  const expect = (isRight: boolean, detail: string): void => {
    if (!isRight) faults.push({ kind: 'check', detail })
  }
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.publish({ answers: 60 })
    await disk.fill()
    // What was made ready before the disk was full may still take some.
    await site.publish({ refusals: 30 })
    const full = await site.publish({ answers: 30 })
    expect(onlyHas(full, [507]), `full: answered ${describe(full)}`)
    faults.push(...(await site.compare()))
    expect(await signsIn(site), 'full: nobody can sign in')

    await site.startUnableToStore()
    faults.push(...(await site.compare()))
    expect(await signsIn(site), 'full, started anew: nobody can sign in')
    await disk.clear()
    await site.publish({ answers: 30 })
    const roomy = await site.publish({ answers: 30 })
    expect(onlyHas(roomy, [201]), `room again: answered ${describe(roomy)}`)

    await disk.fillNames()
    const nameless = await site.publish({ refusals: 6 })
    expect(onlyHas(nameless, [201, 507]), `no names: answered ${describe(nameless)}`)
    expect((nameless.get(507) ?? 0) > 0, 'no names: every picture was taken')
    faults.push(...(await site.compare()))
    await disk.clear()
    const again = await site.publish({ answers: 30 })
    expect(onlyHas(again, [201]), `names again: answered ${describe(again)}`)
    faults.push(...(await site.compare()))
    done++
    say(`${cycle}: full and roomy again, ${faults.length} faults`)
  }
  await site.server.stop()
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: siteCounts(site) }
}

/** Whether each answer is one of these, and the first of them was given. */
function onlyHas(answers: ReadonlyMap<number, number>, allowed: readonly number[]): boolean {
  const given = [...answers].filter(([, count]) => count > 0).map(([status]) => status)
  return given.every((status) => allowed.includes(status)) && given.includes(allowed[0] ?? 0)
}

function describe(answers: ReadonlyMap<number, number>): string {
  return JSON.stringify(Object.fromEntries(answers))
}

/** Whether a person can sign in, and is known then. */
async function signsIn({ server }: Site): Promise<boolean> {
  const session = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(ADMIN),
  })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })
  return session.status === 201 && me.status === 200
}
