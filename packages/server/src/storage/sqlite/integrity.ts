import { SenioError } from '@senio/protocol'
import { programUrl } from '../../program-url.ts'
import type { DatabaseFault, FaultSearch } from '../fault-search.ts'
import { findFaults as findFaultsOfRows, reasonOf } from '../sql/faults/find-faults.ts'
import { MOST_FAULTS, type Step } from '../sql/faults/step.ts'
import { FailureError, isStorageFailure } from './failures.ts'
import { sqliteFaultQueries } from './fault-queries.ts'
import type { IntegrityJobs } from './integrity-thread.ts'
import { Thread } from './threads/thread.ts'

/** SQLite's codes for what another process does to us: it holds the database. */
const BUSY_OR_LOCKED: ReadonlySet<number> = new Set([5, 6])

/**
 * `Database.findFaults`, in a thread of its own, for it takes as long as reading the whole database. SQLite's look at its own
 * file is one step, which nothing can end.
 */
export async function findFaults(source: string, search: FaultSearch): Promise<readonly DatabaseFault[]> {
  const thread = new Thread<IntegrityJobs>(
    programUrl(import.meta.url, './integrity-thread'),
    { source },
    () => {},
  )
  try {
    const file = await lookAtFile(thread)
    await search.rest?.(file.bytes)
    const rows = await findFaultsOfRows(
      {
        queries: sqliteFaultQueries,
        step: (name, place, counts) => thread.call('step', { name, place, counts }),
        isDamage,
      },
      search,
    )
    return [...file.faults, ...rows].slice(0, MOST_FAULTS)
  } finally {
    await thread.end()
  }
}

async function lookAtFile(thread: Thread<IntegrityJobs>): Promise<Pick<Step, 'faults' | 'bytes'>> {
  try {
    return await thread.call('file', undefined)
  } catch (error) {
    if (!isDamage(error)) throw error
    return { faults: [{ detail: `its file can't be read: ${reasonOf(error)}`, isOfFile: true }], bytes: 0 }
  }
}

/** What is no business of another process's and can't be read is damaged. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof SenioError) || !(error.cause instanceof FailureError)) return false
  const { failure } = error.cause
  return isStorageFailure(failure) && !BUSY_OR_LOCKED.has((failure.resultCode ?? 0) & 0xff)
}
