/** A thread that lives for one check of the whole database. */
import { workerData } from 'node:worker_threads'
import { openForReading } from './connection.ts'
import { serveJobs } from './threads/serve-jobs.ts'

const { source } = workerData as { readonly source: string }

const quick = {
  /** In SQLite's words, at most 100; empty when it is sound. */
  findFaults: (_input: undefined): readonly string[] => {
    const db = openForReading(source)
    try {
      const faults = db.prepare('PRAGMA integrity_check(100)').all().flatMap(Object.values).map(String)
      const strays = db.prepare('PRAGMA foreign_key_check').all()
      return [
        ...faults.filter((fault) => fault !== 'ok'),
        ...strays
          .slice(0, 100)
          .map(
            ({ table, parent }) => `a row of ${String(table)} refers to a missing row of ${String(parent)}`,
          ),
      ]
    } finally {
      db.close()
    }
  },
}

export type IntegrityJobs = typeof quick

serveJobs({ quick })
