import { type FieldTypeName, fieldFormat } from '@senio/protocol'
import { type PyramidRow, PyramidOfValues } from '../sql/pyramid/pyramid-of-values.ts'
import { isSameRollup } from '../sql/pyramid/is-same-rollup.ts'
import { rollupOf } from '../sql/pyramid/rollup.ts'
import type { Statements } from './connection.ts'
import { selectRollup } from './rollup-rows.ts'

/** More faults than this say nothing new. */
const MOST = 100

/** Compares every rollup with the values that it summarises. @returns what is wrong; empty when nothing is */
export function findRollupFaults(statements: Statements): string[] {
  const fields = statements.get('SELECT DISTINCT field FROM rollup UNION SELECT id FROM field').all()
  const faults: string[] = []
  for (const { field } of fields) {
    faults.push(...faultsOfField(statements, Number(field)))
    if (faults.length >= MOST) break
  }
  return faults.slice(0, MOST)
}

function faultsOfField(statements: Statements, field: number): string[] {
  const type = statements.get('SELECT type FROM field WHERE id = ?').get(field)?.['type']
  const isDeleted =
    statements
      .get(
        'SELECT 1 FROM field JOIN sensor ON sensor.id = field.sensor WHERE field.id = ? AND field.deleted + sensor.deleted = 0',
      )
      .get(field) === undefined
  // What is being purged is read by nobody.
  if (isDeleted) return []
  const isState = fieldFormat(String(type) as FieldTypeName).summary === 'share'
  const faults: string[] = []
  let rows = 0
  const pyramid = new PyramidOfValues((row) => {
    rows++
    const fault = faultOfRow(statements, field, row)
    if (fault !== null) faults.push(fault)
  })
  for (const { ts, v } of statements.db
    .prepare('SELECT ts, v FROM value WHERE field = ? ORDER BY ts')
    .iterate(field)) {
    const at = Number(ts)
    pyramid.add(at, rollupOf(at, typeof v === 'number' ? v : 0, isState))
  }
  pyramid.end()
  const stored = Number(statements.get('SELECT count(*) AS n FROM rollup WHERE field = ?').get(field)?.['n'])
  if (stored !== rows) faults.push(`field ${field} has ${stored} rollups, and its values make ${rows}`)
  return faults
}

function faultOfRow(
  statements: Statements,
  field: number,
  { level, start, rollup }: PyramidRow,
): string | null {
  const stored = selectRollup(statements, field, level, start)
  const where = `the rollup of field ${field}, level ${level}, from ${start}`
  if (stored === null) return `${where} is missing`
  return isSameRollup(stored.rollup, rollup) ? null : `${where} does not agree with its values`
}
