import { programUrl } from '../../program-url.ts'
import type { IntegrityJobs } from './integrity-thread.ts'
import { Thread } from './threads/thread.ts'

/** `Database.findFaults`, in a thread of its own, for it takes as long as reading the whole database. */
export async function findFaults(source: string): Promise<readonly string[]> {
  const thread = new Thread<IntegrityJobs>(
    programUrl(import.meta.url, './integrity-thread'),
    { source },
    () => {},
  )
  try {
    return await thread.call('findFaults', undefined)
  } finally {
    await thread.end()
  }
}
