import { setTimeout as delay } from 'node:timers/promises'
import { siteCounts, type Scenario } from '../scenario.ts'
import { Site } from '../site.ts'
import type { Fault } from '../verify.ts'

const DAY = 86_400_000
const CLOCK_ERRORS = [0, DAY, -DAY, 3_600_000, -1, 0.5 * DAY, -30 * DAY]

/**
 * The system's clock jumps by days while devices publish, some of them with the server's timestamps, and the process dies:
 * what is stored is what was answered, in order.
 */
export const wrongClock: Scenario = async ({ cycles, seed, say }) => {
  await using site = await Site.open({ seed })
  const faults: Fault[] = []
  let done = 0
  let stamped = 0
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle++) {
    await site.startWith({ clockErrors: CLOCK_ERRORS })
    const publishing = site.load.run(site.send)
    const answers: { readonly timestamp: number; readonly data: Readonly<Record<string, unknown>> }[] = []
    for (let i = 0; i < 100; i++) {
      const data = { temp: -cycle * 1000 - i, humidity: 1 }
      const { status, json } = await site.device.stamped(data)
      if (status === 201) answers.push({ timestamp: Number(json?.['timestamp']), data })
      else faults.push({ kind: 'check', detail: `wrong clock: answered ${status}` })
      await delay(15)
    }
    const wrong = [...site.load.refusals.keys()]
    if (wrong.length > 0) faults.push({ kind: 'check', detail: `wrong clock: answered ${wrong.join()}` })
    await site.server.kill9()
    await publishing
    // What the server stamped, the ledger learns from its answers; the same instant may have come twice.
    for (const measurement of answers) site.ledger.sending({ measurements: [measurement], images: {} })(201)
    stamped += answers.length
    faults.push(...(await site.recover()))
    done++
    say(`${cycle} kills with a wrong clock, ${stamped} stamped by it, ${faults.length} faults`)
  }
  faults.push(...(await site.check()))
  return { cycles: done, faults, counts: { ...siteCounts(site), 'stamped by the server': stamped } }
}
