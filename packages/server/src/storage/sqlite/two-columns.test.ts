import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { TwoColumnReader } from './two-columns.ts'

function reader(): TwoColumnReader {
  const db = new DatabaseSync(':memory:')
  onTestFinished(() => db.close())
  return new TwoColumnReader(db)
}

it('numbers come in bulk, in their order, however many', () => {
  const columns = reader()
  const sql =
    'WITH RECURSIVE n(a) AS (SELECT 0.5 UNION ALL SELECT a + 1 FROM n LIMIT ?) SELECT a, -a AS b FROM n ORDER BY a DESC'
  for (const rows of [5000, 0, 3]) {
    const a = Float64Array.from({ length: rows }, (_, n) => rows - n - 0.5)
    expect(columns.read(sql, rows)).toStrictEqual({ first: a, second: a.map((value) => -value) })
  }
})

it('other values come as they are, with numbers among them', () => {
  const sql = "VALUES (1.0, 2.0), (2.0, 'text'), (3.0, x'00ff'), (4.0, 5.0)"
  expect(reader().read(`SELECT column1 AS a, column2 AS b FROM (${sql})`)).toStrictEqual({
    first: Float64Array.of(1, 2, 3, 4),
    second: [2, 'text', Uint8Array.of(0, 255), 5],
  })
})
