import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SenioError } from '@senio/protocol'
import { syncDirectory, syncFile } from './sync-path.ts'
import { Thread } from './threads/thread.ts'
import type { BackupJobs } from './backup-thread.ts'
import { programUrl } from '../../program-url.ts'

/**
 * A consistent copy of a database in a new file, durable when it resolves. In a thread of its own, for it takes as
 * long as reading the whole database.
 *
 * @throws SenioError `storage-failing` when the file exists already or can't be written, `storage-full`
 */
export async function backUp(source: string, target: string): Promise<void> {
  await createEmpty(target)
  const thread = new Thread<BackupJobs>(programUrl(import.meta.url, './backup-thread'), { source }, () => {})
  try {
    await thread.call('copyTo', target)
    await syncFile(target)
    await syncDirectory(dirname(target))
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await thread.end()
  }
}

async function createEmpty(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (cause) {
    throw new SenioError('storage-failing', `The backup can't be written to a new file "${file}".`, { cause })
  }
}
