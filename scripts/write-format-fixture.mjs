#!/usr/bin/env node
/**
 * Writes what this version's databases look like, as text, for the tests that later versions still open them: run it
 * once for each format and engine, with the last version that writes it, before the migration to the next one is added.
 *
 *   node scripts/write-format-fixture.mjs packages/server/src/storage/sqlite/formats/format-5.sql [CHECKOUT]
 *   node scripts/write-format-fixture.mjs packages/server/src/storage/postgres/formats/format-5.sql [CHECKOUT]
 *
 * A server is started on a new installation and used as devices and people use it; its database is then written as the
 * SQL statements that make it again. CHECKOUT: that of another version; this one when absent. PostgreSQL is one of the
 * machine's, with pg_dump.
 *
 * Formats that no version ever wrote, because two migrations came with one change, are made from the one before by its
 * migration:
 *
 *   node scripts/write-format-fixture.mjs packages/server/src/storage/sqlite/formats/format-4.sql --migrated
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillInstallation } from './lib/fill-installation.mjs'
import { onPostgres } from './lib/postgres-as-text.mjs'
import { migrateSqlite, sqliteAsText } from './lib/sqlite-as-text.mjs'

const args = process.argv.slice(2)
const migrated = args.includes('--migrated')
const [target, checkout = fileURLToPath(new URL('..', import.meta.url))] = args.filter(
  (arg) => !arg.startsWith('--'),
)
const format = Number(/^format-(\d+)\.sql$/.exec(basename(target ?? ''))?.[1])
if (Number.isNaN(format)) throw new TypeError('Name the file to write: …/format-N.sql')

const directory = await mkdtemp(join(tmpdir(), 'senio-format-'))
try {
  const write = resolve(target).includes('postgres') ? writePostgres : writeSqlite
  const { found, statements } = await write()
  if (found !== format) throw new Error(`That version writes format ${found}.`)
  const origin = migrated ? 'which no version wrote: made from the one before' : 'written'
  const lines = [`-- Format ${format}, ${origin} by scripts/write-format-fixture.mjs.`, ...statements, '']
  await writeFile(target, lines.join('\n'))
} finally {
  await rm(directory, { recursive: true, force: true })
}

function earlier() {
  return readFile(join(dirname(target), `format-${format - 1}.sql`), 'utf8')
}

async function writeSqlite() {
  const file = join(directory, 'senio.db')
  if (migrated) migrateSqlite(file, await earlier(), format)
  else await fillInstallation(resolve(checkout), ['--data-dir', directory])
  return sqliteAsText(file)
}

function writePostgres() {
  return onPostgres(async (postgres) => {
    if (migrated) await postgres.migrate(await earlier(), format)
    else await fillInstallation(resolve(checkout), ['--data-dir', directory, '--database-url', postgres.url])
    return postgres.asText()
  })
}
