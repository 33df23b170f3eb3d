/** A thread that lives for one backup. */
import { workerData } from 'node:worker_threads'
import { openForReading } from './connection.ts'
import { serveJobs } from './threads/serve-jobs.ts'

const { source } = workerData as { readonly source: string }

const quick = {
  copyTo: (target: string) => {
    const db = openForReading(source)
    try {
      db.prepare('VACUUM INTO ?').run(target)
    } finally {
      db.close()
    }
  },
}

export type BackupJobs = typeof quick

serveJobs({ quick })
