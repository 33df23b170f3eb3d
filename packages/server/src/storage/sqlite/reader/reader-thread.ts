/** The thread that reads: looks things up at once, and scans in slices. */
import { workerData } from 'node:worker_threads'
import { openForReading, Statements } from '../connection.ts'
import { runStatement, type SqlStatement } from '../run-statement.ts'
import { serveJobs } from '../threads/serve-jobs.ts'
import {
  readImagePage,
  readImages,
  readPendingCount,
  readUnreferenced,
  readUnreferencedSince,
} from './images.ts'
import { type PageQuery, readPage } from './page.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { readEvenlySpaced, readExtent, readHasValue, readValuesAt } from './seeks.ts'
import { readAllSeries, type SeriesQuery } from './series.ts'
import { readTags } from './tags.ts'

const { file } = workerData as { readonly file: string }

/**
 * Two connections: a scan that pauses keeps its connection at the state of its start, and lookups meanwhile
 * must see what was stored since.
 */
function open() {
  return {
    lookups: new Statements(openForReading(file)),
    scans: new Statements(openForReading(file)),
    blocks: new RecentBlocks(),
  }
}

let opened: ReturnType<typeof open> | null = null
function reader(): ReturnType<typeof open> {
  opened ??= open()
  return opened
}

/** The whole of a scan sees one state of the database. */
function* inSnapshot<T>(
  scan: (statements: Statements) => Generator<void, T, void>,
): Generator<void, T, void> {
  const { scans } = reader()
  scans.get('BEGIN').run()
  try {
    return yield* scan(scans)
  } finally {
    scans.get('COMMIT').run()
  }
}

const quick = {
  open: () => void reader(),
  statement: (statement: SqlStatement) => runStatement(reader().lookups, statement),
  valuesAt: (query: Parameters<typeof readValuesAt>[1]) => readValuesAt(reader().lookups, query),
  extent: (query: Parameters<typeof readExtent>[1]) => readExtent(reader().lookups, query),
  hasValue: (query: Parameters<typeof readHasValue>[1]) => readHasValue(reader().lookups, query),
  images: (sha1s: readonly string[]) => readImages(reader().lookups, sha1s),
  imagePage: (query: Parameters<typeof readImagePage>[1]) => readImagePage(reader().lookups, query),
  countPending: () => readPendingCount(reader().lookups),
  unreferencedSince: (query: Parameters<typeof readUnreferencedSince>[1]) =>
    readUnreferencedSince(reader().lookups, query),
  close: () => {
    reader().lookups.db.close()
    reader().scans.db.close()
  },
}

const long = {
  series: (queries: readonly SeriesQuery[]) =>
    inSnapshot((statements) => readAllSeries(statements, queries, reader().blocks)),
  page: (query: PageQuery) => inSnapshot((statements) => readPage(statements, query)),
  evenlySpaced: (query: Parameters<typeof readEvenlySpaced>[1]) =>
    inSnapshot((statements) => readEvenlySpaced(statements, query)),
  tags: (query: Parameters<typeof readTags>[1]) => inSnapshot((statements) => readTags(statements, query)),
  unreferenced: (query: Parameters<typeof readUnreferenced>[1]) =>
    inSnapshot((statements) => readUnreferenced(statements, query)),
}

export type ReaderJobs = typeof quick & typeof long

serveJobs({ quick, long })
