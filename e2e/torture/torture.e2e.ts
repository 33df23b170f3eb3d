import { availableParallelism, loadavg } from 'node:os'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { orSkipLoudly } from '../../packages/server/src/testing/or-skip-loudly.ts'
import { onBucket, onPostgres } from './ground.ts'
import {
  BLOBS_LOST,
  PROMISED_START,
  type Proof,
  proofOf,
  ROWS_LOST,
  type Scenario,
  SLOWEST_RECOVERY,
  SLOWEST_START,
} from './scenario.ts'
import { killStore } from './scenarios/bucket.ts'
import { failBlobCalls } from './scenarios/failing-calls.ts'
import { fillDisk } from './scenarios/full-disk.ts'
import { killAt, POINTS_OF_DEATH, POINTS_OF_DEATH_WITH_BUCKET } from './scenarios/kill.ts'
import { cutDatabasePower, cutDatabasePowerWithoutSyncs } from './scenarios/postgres.ts'
import { fillDatabaseDisk } from './scenarios/postgres-full-disk.ts'
import { readOnlyDisk } from './scenarios/read-only-disk.ts'
import { cutPower, cutPowerWithoutBlobSyncs, cutPowerWithoutRowSyncs } from './scenarios/power.ts'
import { slowDisk } from './scenarios/slow-disk.ts'

// A minute in all where nothing else runs; a busy machine takes several times that.
vi.setConfig({ testTimeout: 300_000 })

/**
 * ms that a start or a recovery may take here: three times what is promised, as tests share their machine with each other, and
 * where it has even more to do as many times as processes want each of its processors. The long run tells how long each took.
 */
function longestStart(): number {
  const [running = 0] = loadavg()
  return PROMISED_START * Math.max(3, running / availableParallelism())
}

/**
 * The short form of `npm run torture`: what it finds wrong, or what a control doesn't find. What can't be done here is skipped
 * aloud, and fails in CI.
 */
async function problemsOf(
  scenario: Scenario,
  cycles: number,
  skip: TestContext['skip'],
  proof: Proof | null = null,
): Promise<readonly string[]> {
  const result = orSkipLoudly(
    'place for a crash proof',
    await scenario({ cycles, seed: 1, say: () => undefined }),
  )
  if (result === null) return skip()
  const { faults, counts } = result
  const wrong = faults.map(({ kind, detail }) => `${kind}: ${detail}`)
  const unproven =
    proof === null || proofOf(proof, faults).length > 0 ? [] : ['it does not find what it must']
  const slow = [SLOWEST_START, SLOWEST_RECOVERY]
    .filter((what) => (counts[what] ?? 0) > longestStart())
    .map((what) => `${what}: ${counts[what]}`)
  return [...(proof === null ? wrong : unproven), ...slow]
}

describe('crashes', () => {
  // After one thing is before the next one, and before the first little has happened: the long run takes each.
  const points = POINTS_OF_DEATH.filter(
    ({ point, effect }) =>
      !['draft-open', 'shard-make', 'rows-begin'].includes(point) &&
      (effect.kill !== 'after' || point === 'answer'),
  )
  it('lose nothing at any point of the write path', async ({ skip }) => {
    expect(await problemsOf(killAt(points), points.length, skip)).toEqual([])
  })
})

describe('with PostgreSQL', () => {
  const points = POINTS_OF_DEATH.filter(({ point }) => point === 'rows-commit')
  it('a crash of a node loses nothing', async ({ skip }) => {
    expect(await problemsOf(killAt(points, onPostgres), points.length, skip)).toEqual([])
  })

  it('a power cut of the database loses nothing that was acknowledged', async ({ skip }) => {
    expect(await problemsOf(cutDatabasePower, 1, skip)).toEqual([])
  })

  it('a database that does not sync would be seen to lose rows', async ({ skip }) => {
    expect(await problemsOf(cutDatabasePowerWithoutSyncs, 2, skip, ROWS_LOST)).toEqual([])
  })

  it('a full disk of the database loses nothing, and is used again when there is room', async ({ skip }) => {
    expect(await problemsOf(fillDatabaseDisk, 1, skip)).toEqual([])
  })
})

describe('with a bucket', () => {
  // The rest of the way is that of the rows.
  const points = POINTS_OF_DEATH_WITH_BUCKET.filter(
    ({ point, effect }) => point.startsWith('object') || (point === 'spool-open' && effect.kill === 'after'),
  )
  it('a crash of a node amid an upload loses nothing', async ({ skip }) => {
    expect(await problemsOf(killAt(points, onBucket), points.length, skip)).toEqual([])
  })

  it('pictures wait for an object store that died, and numbers go on', async ({ skip }) => {
    expect(await problemsOf(killStore, 1, skip)).toEqual([])
  })
})

describe('calls of the file system that fail', () => {
  // The long run has every call and error, and SQLite's.
  it('are never answered 201, and a failed sync ends the server', async ({ skip }) => {
    expect(await problemsOf(failBlobCalls, 3, skip)).toEqual([])
  })
})

describe('a full disk', () => {
  it('is answered 507, can be read, and is used again when there is room', async ({ skip }) => {
    expect(await problemsOf(fillDisk, 1, skip)).toEqual([])
  })
})

describe('a disk that turns read-only', () => {
  it('is answered 503, and can be read, also after a restart', async ({ skip }) => {
    expect(await problemsOf(readOnlyDisk, 1, skip)).toEqual([])
  })
})

describe('a slow disk', () => {
  it('is not waited for without end, and loses nothing', async ({ skip }) => {
    expect(await problemsOf(slowDisk, 1, skip)).toEqual([])
  })
})

describe('power cuts', () => {
  it('lose nothing that was acknowledged', async ({ skip }) => {
    expect(await problemsOf(cutPower, 2, skip)).toEqual([])
  })

  it('would be seen to lose rows that were not synced', async ({ skip }) => {
    expect(await problemsOf(cutPowerWithoutRowSyncs, 3, skip, ROWS_LOST)).toEqual([])
  })

  it('would be seen to lose pictures that were not synced', async ({ skip }) => {
    expect(await problemsOf(cutPowerWithoutBlobSyncs, 3, skip, BLOBS_LOST)).toEqual([])
  })
})
