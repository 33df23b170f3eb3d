import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PyramidCheck, type PyramidRow } from './pyramid-check.ts'
import { rollupOf } from './rollup.ts'
import { PyramidOfValues } from './testing/pyramid-of-values.ts'

type Values = readonly (readonly [timestamp: number, value: number])[]

/** The rows that the values make, as a database gives them. */
function rowsOf(values: Values, isState: boolean): PyramidRow[] {
  const rows: PyramidRow[] = []
  const pyramid = new PyramidOfValues((row) => rows.push(row))
  for (const [timestamp, value] of values) pyramid.add(timestamp, rollupOf(timestamp, value, isState))
  pyramid.end()
  return rows.toSorted((a, b) => a.level - b.level || a.start - b.start)
}

/** What is said of rows, read in pages of so many values. */
function faultsOf(values: Values, rows: readonly PyramidRow[], isState: boolean, page: number): string[] {
  const faults: string[] = []
  const check = new PyramidCheck(isState, (row, what) => faults.push(`${row} ${what}`))
  for (let at = 0, from = -Infinity; ; at += page) {
    const some = values.slice(at, at + page)
    const isLast = some.length < page
    const to = isLast ? Infinity : (some.at(-1)?.[0] ?? Infinity)
    check.rows(rows.filter(({ start }) => start >= from && start < to))
    for (const [timestamp, value] of some) check.add(timestamp, value)
    if (isLast) break
    from = to
  }
  check.end()
  return faults
}

/** Up to some hundred values, from many in a second to some in a year, before and after the epoch. */
const histories = fc
  .array(fc.tuple(fc.constantFrom(1, 90, 9_000, 800_000, 4e8), fc.integer({ min: 0, max: 1 })), {
    minLength: 1,
    maxLength: 400,
  })
  .map((steps): Values => {
    let at = -3_000_000
    return steps.map(([gap, value]) => [(at += gap), value])
  })

describe('rows held against values', () => {
  test('are right when they are what the values make, however they are read', () => {
    fc.assert(
      fc.property(histories, fc.boolean(), fc.integer({ min: 1, max: 500 }), (values, isState, page) => {
        expect(faultsOf(values, rowsOf(values, isState), isState, page)).toStrictEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('are wrong when one is missing, changed, or too many', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.integer({ min: 1, max: 500 }), (values, n, page) => {
        const rows = rowsOf(values, true)
        const index = n % rows.length
        expect(faultsOf(values, rows.toSpliced(index, 1), true, page)).not.toStrictEqual([])
        const changed = rows.map((row, at) =>
          at === index ? { ...row, rollup: { ...row.rollup, count: row.rollup.count + 1 } } : row,
        )
        expect(faultsOf(values, changed, true, page)).not.toStrictEqual([])
        const [row] = rows
        if (row === undefined) return
        const start = 7777 * 16 * 86_400_000
        expect(faultsOf(values, [...rows, { ...row, start }], true, page)).not.toStrictEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
