import { SenioError } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { type HostileSubject, nothing } from './hostile-case.ts'
import { memoryInUse } from './memory-in-use.ts'
import { withPeak } from './peak-memory.ts'

/** Bytes that may still be referred to after a subject: caches of bounded size and compiled code. */
const MEMORY = 48 * 1024 * 1024

/** Bytes more than before that may be needed while a case is dealt with whose memory is to stay flat; the test's included. */
const PEAK = 80 * 1024 * 1024

/**
 * Holds a server on every storage profile to the answers of a subject's cases. After each one, exactly what should
 * be new is there, in every table, no draft is left, and the next good measurement is taken; at the end memory is as it
 * was.
 */
export function withstands(subject: HostileSubject): void {
  describe.each(storageProfiles)('$name', (profile) => {
    let site: PublishSite
    let memoryBefore: number
    beforeAll(async () => {
      site = await PublishSite.open(await profile.prepare())
      await site.takesGood()
      memoryBefore = memoryInUse()
    })
    afterAll(() => site.close())

    it.each(subject.cases)(
      `${subject.title}: $name`,
      async ({ prepare, send, answer: expected, kept = nothing, changes = [], isFlat = false, also }) => {
        await prepare?.(site)
        const before = await site.counts()
        const rowsBefore = await site.ordinaryRows()
        const { result: answer, peak } = await (isFlat ? withPeak(() => send(site)) : unmeasured(send(site)))
        if (typeof expected === 'number') expect(answer.status).toBe(expected)
        else expectProblem(answer, expected)
        expect(peak).toBeLessThan(PEAK)
        await also?.(answer, site)
        await site.settled()
        expect(await site.counts()).toEqual({
          measurements: before.measurements + kept.measurements,
          images: before.images + kept.images,
          blobs: before.blobs + kept.blobs,
          drafts: 0,
        })
        const rows = await site.ordinaryRows()
        const mayDiffer = Object.fromEntries(changes.map((table) => [table, rows[table]]))
        expect(rows).toEqual({ ...rowsBefore, ...mayDiffer })
        expect(await site.takesGood()).toBe(true)
        expect(site.server.reported.filter(isUnexpected)).toEqual([])
      },
    )

    it(`${subject.title}: nothing of it stays in memory`, async () => {
      await expect.poll(() => memoryInUse() - memoryBefore).toBeLessThan(MEMORY)
    })
  })
}

async function unmeasured<Result>(result: Promise<Result>) {
  return { result: await result, peak: 0 }
}

/** That a picture can't be decoded is reported, too. */
function isUnexpected(error: unknown): boolean {
  return !(error instanceof SenioError && error.fault === 'Rejected')
}
