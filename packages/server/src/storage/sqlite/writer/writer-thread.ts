/** The thread that writes: the only one of the process, so that its transactions never wait for each other. */
import { workerData } from 'node:worker_threads'
import type { Migrated } from '../../storage.ts'
import { openForWriting, Statements } from '../connection.ts'
import { runStatement, type SqlStatement } from '../run-statement.ts'
import { serveJobs } from '../threads/serve-jobs.ts'
import type { AppendBatch } from './append-batch.ts'
import { BatchApplier } from './apply-batch.ts'
import { type DeleteRangeQuery, deleteRangeStep } from './delete-range-step.ts'
import { purgeStep } from './purge-step.ts'
import { Transactions } from './transactions.ts'

const { file, lastCommit } = workerData as { readonly file: string; readonly lastCommit: Float64Array }

function open() {
  let migrated: Migrated = { from: 0, to: 0 }
  const db = openForWriting(file, (found) => {
    migrated = found
  })
  const statements = new Statements(db)
  const transactions = new Transactions(statements, file, lastCommit)
  return { statements, transactions, migrated, applier: new BatchApplier(statements, transactions) }
}

let opened: ReturnType<typeof open> | null = null
function writer(): ReturnType<typeof open> {
  opened ??= open()
  return opened
}

const quick = {
  open: () => writer().migrated,
  append: (batch: AppendBatch) => writer().applier.apply(batch),
  begin: () => writer().transactions.begin(),
  commit: () => writer().transactions.commit(),
  rollback: () => writer().transactions.rollback(),
  /** Within `begin` and `commit`. */
  statement: (statement: SqlStatement) => runStatement(writer().statements, statement),
  /** A transaction of its own. */
  write: (statement: SqlStatement) =>
    writer().transactions.run(() => runStatement(writer().statements, statement)),
  probe: () =>
    writer().transactions.run(() => {
      writer().statements.get('UPDATE probe SET writes = writes + 1').run()
    }),
  purgeStep: () => purgeStep(writer().statements, writer().transactions),
  deleteRangeStep(query: DeleteRangeQuery) {
    const { statements, transactions, applier } = writer()
    const deleted = deleteRangeStep(statements, transactions, query)
    applier.forgetRollups()
    return deleted
  },
  close: () => writer().statements.db.close(),
}

export type WriterJobs = typeof quick

serveJobs({ quick })
