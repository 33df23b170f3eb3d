import type { DatabaseSync } from 'node:sqlite'
import { SenioError } from '@senio/protocol'
import type { Migrated } from '../storage.ts'
import { migrations as allMigrations } from './migrations/index.ts'

/** "Seni" in ASCII: tells `file` and us whose database it is. */
export const APPLICATION_ID = 0x53656e69

/**
 * Brings the database to this program's format. Several processes may do so at once: one migrates, the others
 * wait and find it done.
 *
 * @returns the format that it had, and has now
 * @throws SenioError `storage-failing` when the file is of a newer format or not Senio's
 */
export function migrate(db: DatabaseSync, migrations: readonly string[] = allMigrations): Migrated {
  const to = migrations.length
  if (formatOf(db) === to && applicationIdOf(db) === APPLICATION_ID) return { from: to, to }
  db.exec('BEGIN EXCLUSIVE')
  try {
    checkOwner(db)
    const format = formatOf(db)
    if (format > migrations.length) {
      throw new SenioError(
        'storage-failing',
        `The database has format ${format}, and this version of Senio knows formats up to ${migrations.length}. Start the newer version that wrote it, or restore a backup.`,
      )
    }
    for (const step of migrations.slice(format)) db.exec(step)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`)
    db.exec('COMMIT')
    return { from: format, to }
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function checkOwner(db: DatabaseSync): void {
  if (applicationIdOf(db) === APPLICATION_ID) return
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']
  if (tables === 0) return
  throw new SenioError(
    'storage-failing',
    'The file is a SQLite database of another program. Choose another data directory.',
  )
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
}

function applicationIdOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA application_id').get()?.['application_id'])
}
