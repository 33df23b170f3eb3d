import { describe, expect, it, vi } from 'vitest'
import { onPostgres } from './ground.ts'
import type { Scenario } from './scenario.ts'
import { failBlobCalls } from './scenarios/failing-calls.ts'
import { fillDisk } from './scenarios/full-disk.ts'
import { killAt, POINTS_OF_DEATH } from './scenarios/kill.ts'
import { cutDatabasePower, cutDatabasePowerWithoutSyncs } from './scenarios/postgres.ts'
import { readOnlyDisk } from './scenarios/read-only-disk.ts'
import { cutPower, cutPowerWithoutBlobSyncs, cutPowerWithoutRowSyncs } from './scenarios/power.ts'

// Half a minute in all where nothing else runs; a busy machine takes several times that.
vi.setConfig({ testTimeout: 300_000 })

/** The short form of `npm run torture`: what it finds wrong, or why it couldn't be run. */
async function faultsOf(scenario: Scenario, cycles: number, seed = 1) {
  const result = await scenario({ cycles, seed, say: () => undefined })
  if ('missing' in result) {
    process.stderr.write(`\n*** SKIPPED, a part of the crash proofs: ${result.missing}. ***\n\n`)
    return null
  }
  return result.faults
}

describe('crashes', () => {
  it('lose nothing at any point of the write path', async () => {
    // After one thing is before the next one, and before the first little has happened: the long run takes each.
    const points = POINTS_OF_DEATH.filter(
      ({ point, effect }) =>
        !['draft-open', 'shard-make', 'rows-begin'].includes(point) &&
        (!('kill' in effect && effect.kill === 'after') || point === 'answer'),
    )
    expect(await faultsOf(killAt(points), points.length)).toEqual([])
  })
})

describe('with PostgreSQL', () => {
  it('a crash of a node loses nothing', async () => {
    const points = POINTS_OF_DEATH.filter(({ point }) => point === 'rows-commit')
    expect(await faultsOf(killAt(points, onPostgres), points.length)).toBeOneOf([[], null])
  })

  it('a power cut of the database loses nothing that was acknowledged', async () => {
    expect(await faultsOf(cutDatabasePower, 1)).toBeOneOf([[], null])
  })

  it('a database that does not sync would be seen to lose rows', async () => {
    const faults = await faultsOf(cutDatabasePowerWithoutSyncs, 2)
    expect(faults === null || faults.some(({ kind }) => kind === 'lost')).toBe(true)
  })
})

describe('calls of the file system that fail', () => {
  it('are never answered 201, and a failed sync ends the server', async () => {
    // The long run has every call and error, and SQLite's.
    expect(await faultsOf(failBlobCalls, 3)).toEqual([])
  })
})

describe('a full disk', () => {
  it('is answered 507, can be read, and is used again when there is room', async () => {
    expect(await faultsOf(fillDisk, 1)).toBeOneOf([[], null])
  })
})

describe('a disk that turns read-only', () => {
  it('is answered 503, and can be read, also after a restart', async () => {
    expect(await faultsOf(readOnlyDisk, 1)).toBeOneOf([[], null])
  })
})

describe('power cuts', () => {
  it('lose nothing that was acknowledged', async () => {
    expect(await faultsOf(cutPower, 2)).toBeOneOf([[], null])
  })

  it.each([
    ['rows', cutPowerWithoutRowSyncs],
    ['pictures', cutPowerWithoutBlobSyncs],
  ])('would be seen to lose %s that were not synced', async (_, scenario) => {
    const faults = await faultsOf(scenario, 3)
    expect(faults === null || faults.length > 0).toBe(true)
  })
})
