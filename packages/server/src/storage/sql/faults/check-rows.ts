import { fieldTypeNames, imageMediaTypes } from '@senio/protocol'
import { type Asking, query } from './asking.ts'
import { arePanels } from './are-panels.ts'
import { type Check, Faults } from './step.ts'

const ROWS = 1000
const BYTES_PER_ROW = 256

/** What belongs to a row of another table: table, column, and the table that it leads to. */
const BELONGINGS = [
  ['session', 'account', 'account'],
  ['api_token', 'account', 'account'],
  ['view', 'account', 'account'],
  ['sensor', 'owner', 'account'],
  ['field', 'sensor', 'sensor'],
  ['device_key', 'sensor', 'sensor'],
  ['note', 'sensor', 'sensor'],
] as const

/** Tables of one row each. */
const SINGLES = ['registry_version', 'probe', 'scrub'] as const

/** The ordinary tables: whose rows are, and types that there are. */
export const checkBelongings: Check = {
  subject: 'accounts, sensors and fields',
  first: () => [],
  behind: () => null,

  *step() {
    const faults = new Faults()
    for (const [table, column, parent] of BELONGINGS) yield* checkBelonging(faults, table, column, parent)
    const types = fieldTypeNames.map((name) => `'${name}'`).join(', ')
    const strange = yield query(
      `SELECT id, type FROM field WHERE type NOT IN (${types}) ORDER BY id LIMIT 100`,
    )
    for (const [id, type] of strange)
      faults.add(`the field ${Number(id)} has the type "${String(type)}", which there isn't`)
    for (const table of SINGLES) {
      const rows = yield query(`SELECT count(*) FROM ${table}`)
      if (Number(rows[0]?.[0]) !== 1) faults.add(`the table ${table} has not one row`)
    }
    return { faults: faults.found, next: null, bytes: 0, measurements: 0 }
  },
}

function* checkBelonging(faults: Faults, table: string, column: string, parent: string): Asking<void> {
  const lost = yield query(
    `SELECT child.${column}, count(*) FROM ${table} AS child
     WHERE NOT EXISTS (SELECT 1 FROM ${parent} AS parent WHERE parent.id = child.${column})
     GROUP BY child.${column} ORDER BY child.${column} LIMIT 100`,
  )
  for (const [id, count] of lost)
    faults.add(
      `${Number(count)} in the table ${table} belong to the ${parent} ${Number(id)}, which there isn't`,
    )
}

/** What views show. A place is a view. */
export const checkViews: Check = {
  subject: 'views',
  first: () => [0],
  behind: () => null,

  *step(_, [after = 0]) {
    const faults = new Faults()
    const rows = yield query(
      'SELECT id, panels FROM view WHERE id > $1 ORDER BY id LIMIT $2',
      Number(after),
      ROWS,
    )
    for (const [id, panels] of rows)
      if (!arePanels(String(panels))) faults.add(`the panels of the view ${Number(id)} are none`)
    const last = rows.at(-1)
    return {
      faults: faults.found,
      next: rows.length === ROWS && last !== undefined ? [Number(last[0])] : null,
      bytes: rows.length * BYTES_PER_ROW,
      measurements: 0,
    }
  },
}

/** What is known of pictures. A place is a hash. */
export const checkImages: Check = {
  subject: 'what is known of pictures',
  first: () => [Buffer.alloc(0)],
  behind: () => null,

  *step(_, [after = Buffer.alloc(0)]) {
    const faults = new Faults()
    const rows = yield query(
      `SELECT sha1, sha256, media_type, bytes, width, height, damaged FROM image
       WHERE sha1 > $1 ORDER BY sha1 LIMIT $2`,
      after,
      ROWS,
    )
    for (const row of rows) {
      const wrong = wrongInImage(row)
      if (wrong !== null)
        faults.add(`the picture ${Buffer.from(row[0] as Uint8Array).toString('hex')} has no right ${wrong}`)
    }
    const last = rows.at(-1)?.[0]
    return {
      faults: faults.found,
      next: rows.length === ROWS && last instanceof Uint8Array ? [last] : null,
      bytes: rows.length * BYTES_PER_ROW,
      measurements: 0,
    }
  },
}

/** The first of its columns that can't have been stored; null when all of them can. */
function wrongInImage(row: readonly unknown[]): string | null {
  const [sha1, sha256, mediaType, bytes, width, height, damaged] = row
  if (!isBytes(sha1, 20)) return 'SHA-1'
  if (!isBytes(sha256, 32)) return 'SHA-256'
  if (!(imageMediaTypes as readonly unknown[]).includes(mediaType)) return 'media type'
  if (!isAtLeast(bytes, 0)) return 'size'
  if ([width, height].some((pixels) => pixels !== null && !isAtLeast(pixels, 1))) return 'width and height'
  return damaged === 0 || damaged === 1 ? null : 'mark of damage'
}

function isBytes(value: unknown, length: number): boolean {
  return value instanceof Uint8Array && value.length === length
}

function isAtLeast(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
}
