import { accountStoreContract } from './account-store.contract.ts'
import { askedIdsContract } from './asked-ids.contract.ts'
import { copyStoreContract } from './copy-store.contract.ts'
import type { DamageSql } from './damages.ts'
import type { DatabaseUnderTest, OpenDatabase } from './database-under-test.ts'
import { databaseContract } from './database.contract.ts'
import { findFaultsContract } from './find-faults.contract.ts'
import { imageStoreContract } from './image-store.contract.ts'
import { measurementAppendContract } from './measurement-append.contract.ts'
import { measurementPurgeContract } from './measurement-purge.contract.ts'
import { measurementReadContract } from './measurement-read.contract.ts'
import { measurementSeriesContract } from './measurement-series.contract.ts'
import { nodeStoresContract } from './node-stores.contract.ts'
import { noteStoreContract } from './note-store.contract.ts'
import { scrubStoreContract } from './scrub-store.contract.ts'
import { sensorStoreContract } from './sensor-store.contract.ts'
import { viewStoreContract } from './view-store.contract.ts'

/**
 * All that every engine promises of a database and its stores.
 * @param damageSql how the engine's SQL writes what damages do
 * @param runDamage runs such SQL behind the program's back
 */
export function storesContract(
  open: OpenDatabase,
  damageSql: DamageSql,
  runDamage: (database: DatabaseUnderTest, sql: string) => Promise<void>,
): void {
  databaseContract(open)
  findFaultsContract(open, damageSql, runDamage)
  accountStoreContract(open)
  sensorStoreContract(open)
  viewStoreContract(open)
  copyStoreContract(open)
  noteStoreContract(open)
  askedIdsContract(open)
  nodeStoresContract(open)
  scrubStoreContract(open)
  imageStoreContract(open)
  measurementAppendContract(open)
  measurementReadContract(open)
  measurementSeriesContract(open)
  measurementPurgeContract(open)
}
