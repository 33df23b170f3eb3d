import { createRequire } from 'node:module'
import { migrate } from '../../packages/server/src/storage/sqlite/migrate.ts'
import { migrations } from '../../packages/server/src/storage/sqlite/migrations/index.ts'

const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite')

/**
 * A SQLite database as the statements that make it again.
 * @param {string} file
 * @returns {{ found: number, statements: readonly string[] }} with its format
 */
export function sqliteAsText(file) {
  const db = new DatabaseSync(file)
  const pragma = (name) => Object.values(db.prepare(`PRAGMA ${name}`).get())[0]
  const schema = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type != 'table', rowid`,
    )
    .all()
  const lines = []
  for (const { name, sql } of schema.filter(({ type }) => type === 'table')) {
    if (name !== 'sqlite_sequence') lines.push(`${sql};`)
  }
  for (const { name } of schema.filter(({ type }) => type === 'table')) {
    if (name === 'sqlite_sequence') lines.push('DELETE FROM sqlite_sequence;')
    const columns = db
      .prepare(`SELECT name FROM pragma_table_info('${name}')`)
      .all()
      .map((column) => column.name)
    const quoted = columns.map((column) => `quote("${column}")`).join(` || ', ' || `)
    for (const { row } of db.prepare(`SELECT ${quoted} AS row FROM "${name}"`).all())
      lines.push(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${row});`)
  }
  for (const { type, sql } of schema) if (type !== 'table') lines.push(`${sql};`)
  lines.push(
    `PRAGMA application_id = ${pragma('application_id')};`,
    `PRAGMA user_version = ${pragma('user_version')};`,
  )
  const found = Number(pragma('user_version'))
  db.close()
  return { found, statements: lines }
}

/**
 * Makes a database, and brings it to a format that this version knows.
 * @param {string} file
 * @param {string} statements
 * @param {number} format
 */
export function migrateSqlite(file, statements, format) {
  const db = new DatabaseSync(file)
  db.exec(statements)
  migrate(db, migrations.slice(0, format))
  db.close()
}
