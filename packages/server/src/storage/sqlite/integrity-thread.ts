/** A thread that lives for one check of the whole database. */
import { workerData } from 'node:worker_threads'
import { openForReading, Statements } from './connection.ts'
import { findRollupFaults } from './find-rollup-faults.ts'
import { serveJobs } from './threads/serve-jobs.ts'

const { source } = workerData as { readonly source: string }

const quick = {
  /** At most some 100; empty when it is sound. */
  findFaults: (_input: undefined): readonly string[] => {
    const db = openForReading(source)
    try {
      const faults = db.prepare('PRAGMA integrity_check(100)').all().flatMap(Object.values).map(String)
      const strays = db.prepare('PRAGMA foreign_key_check').all()
      return [
        ...faults.filter((fault) => fault !== 'ok'),
        ...findRollupFaults(new Statements(db)),
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
