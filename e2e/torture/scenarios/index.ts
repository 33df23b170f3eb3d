import { BLOBS_LOST, type Proof, ROWS_LOST, type Scenario } from '../scenario.ts'
import { cutStoreConnections, killNodeWithBucket, killNodeWithBucketAtPoints, killStore } from './bucket.ts'
import { embedded } from '../ground.ts'
import { failBlobCalls, failRowCalls } from './failing-calls.ts'
import { fillDisk } from './full-disk.ts'
import { killAt, killAtRandom, POINTS_OF_DEATH } from './kill.ts'
import {
  cutDatabasePower,
  cutDatabasePowerWithoutSyncs,
  killDatabase,
  killNode,
  killNodeAtPoints,
} from './postgres.ts'
import { fillDatabaseDisk } from './postgres-full-disk.ts'
import { cutPower, cutPowerWithoutBlobSyncs, cutPowerWithoutRowSyncs } from './power.ts'
import { readOnlyDisk } from './read-only-disk.ts'
import { slowDisk } from './slow-disk.ts'
import { wrongClock } from './wrong-clock.ts'

export interface NamedScenario {
  readonly name: string
  readonly run: Scenario
  /** A negative control takes something away that keeps data safe: it proves something by finding these. */
  readonly mustFind?: Proof
  /** How many of its cycles make one cycle of a run. */
  readonly share: number
}

export const SCENARIOS: readonly NamedScenario[] = [
  { name: 'kill-random', run: killAtRandom(embedded), share: 1 },
  { name: 'kill-points', run: killAt(POINTS_OF_DEATH), share: 1 },
  { name: 'power', run: cutPower, share: 1 },
  { name: 'failing-blob-calls', run: failBlobCalls, share: 0.5 },
  { name: 'failing-row-calls', run: failRowCalls, share: 0.3 },
  { name: 'full-disk', run: fillDisk, share: 0.1 },
  { name: 'read-only-disk', run: readOnlyDisk, share: 0.1 },
  { name: 'slow-disk', run: slowDisk, share: 0.1 },
  { name: 'wrong-clock', run: wrongClock, share: 0.1 },
  { name: 'postgres-kill-node', run: killNode, share: 0.5 },
  { name: 'postgres-kill-node-points', run: killNodeAtPoints, share: 1 },
  { name: 'postgres-kill-database', run: killDatabase, share: 0.5 },
  { name: 'postgres-power', run: cutDatabasePower, share: 0.5 },
  { name: 'postgres-full-disk', run: fillDatabaseDisk, share: 0.1 },
  { name: 'bucket-kill-node', run: killNodeWithBucket, share: 0.5 },
  { name: 'bucket-kill-node-points', run: killNodeWithBucketAtPoints, share: 1 },
  { name: 'bucket-kill-store', run: killStore, share: 0.2 },
  { name: 'bucket-cut-connections', run: cutStoreConnections, share: 0.3 },
  { name: 'control-power-rows', run: cutPowerWithoutRowSyncs, mustFind: ROWS_LOST, share: 0.1 },
  { name: 'control-power-blobs', run: cutPowerWithoutBlobSyncs, mustFind: BLOBS_LOST, share: 0.1 },
  { name: 'control-postgres-power', run: cutDatabasePowerWithoutSyncs, mustFind: ROWS_LOST, share: 0.1 },
]
