/** A thread that lives for one check of the whole database. */
import { workerData } from 'node:worker_threads'
import type { SQLInputValue } from 'node:sqlite'
import type { Asking, Query, Rows } from '../sql/faults/asking.ts'
import { type CheckName, checks } from '../sql/faults/find-faults.ts'
import type { Place } from '../sql/faults/fault-queries.ts'
import { MOST_FAULTS, type Step } from '../sql/faults/step.ts'
import { openForReading, Statements } from './connection.ts'
import { sqliteFaultQueries } from './fault-queries.ts'
import { serveJobs } from './threads/serve-jobs.ts'

const { source } = workerData as { readonly source: string }
let opened: Statements | null = null

/** Opened by the first job, which is told when that fails. */
function open(): Statements {
  return (opened ??= new Statements(openForReading(source)))
}

const quick = {
  /** SQLite's own look at its file: pages, indexes, types of columns. */
  file(_input: undefined): Step {
    const { db } = open()
    const found = db
      .prepare(`PRAGMA integrity_check(${MOST_FAULTS})`)
      .all()
      .flatMap(Object.values)
      .map(String)
    const faults = found
      .filter((fault) => fault !== 'ok')
      .map((detail) => ({ detail, isOfFile: true as const }))
    const pages = db
      .prepare('SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size')
      .get()
    return { faults, next: null, bytes: Number(pages?.['n']), measurements: 0 }
  },

  step({ name, place, counts }: { name: CheckName; place: Place; counts: boolean }): Step {
    const statements = open()
    // Values and what is made of them are of one moment, whatever is written meanwhile.
    statements.db.exec('BEGIN')
    try {
      return answered(statements, checks[name].step(sqliteFaultQueries, place, counts))
    } finally {
      statements.db.exec('COMMIT')
    }
  },
}

function answered<Result>(statements: Statements, asking: Asking<Result>): Result {
  let next = asking.next()
  while (next.done !== true) next = asking.next(rowsOf(statements, next.value))
  return next.value
}

function rowsOf(statements: Statements, { sql, parameters }: Query): Rows {
  return statements.all(sql.replaceAll(/\$(\d+)/g, '?$1'), ...(parameters as readonly SQLInputValue[]))
}

export type IntegrityJobs = typeof quick

serveJobs({ quick })
