import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { SenioError } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { type HostileSubject, nothing } from './hostile-case.ts'

/** Bytes that may still be referred to after a subject: caches of bounded size and compiled code. */
const MEMORY = 48 * 1024 * 1024

/**
 * Holds a server on every storage profile to the answers of a subject's cases. After each one, exactly what should
 * be new is there, no draft is left, and the next good measurement is taken; at the end memory is as it was.
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
      async ({ send, answer: expected, kept = nothing, also }) => {
        const before = await site.counts()
        const answer = await send(site)
        if (typeof expected === 'number') expect(answer.status).toBe(expected)
        else expectProblem(answer, expected)
        await also?.(answer, site)
        await site.settled()
        expect(await site.counts()).toEqual({
          measurements: before.measurements + kept.measurements,
          images: before.images + kept.images,
          blobs: before.blobs + kept.blobs,
          drafts: 0,
        })
        expect(await site.takesGood()).toBe(true)
        expect(site.server.reported.filter(isUnexpected)).toEqual([])
      },
    )

    it(`${subject.title}: nothing of it stays in memory`, async () => {
      await expect.poll(() => memoryInUse() - memoryBefore).toBeLessThan(MEMORY)
    })
  })
}

/** Bytes that something still refers to. */
export function memoryInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** That a picture can't be decoded is reported, too. */
function isUnexpected(error: unknown): boolean {
  return !(error instanceof SenioError && error.fault === 'Rejected')
}
