import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf } from './levels.ts'
import type { PyramidRow } from './pyramid-check.ts'
import { PyramidOfValues } from './testing/pyramid-of-values.ts'
import { type Rollup, rollupOf } from './rollup.ts'
import { type Entry, type PyramidFound, type PyramidReads, updatePyramid } from './update-pyramid.ts'

/** A field with its values and rows in memory. */
class MemoryField {
  readonly values = new Map<number, number>()
  readonly rows = new Map<string, PyramidRow>()
  readonly isState: boolean

  constructor(isState: boolean) {
    this.isState = isState
  }

  apply(stored: ReadonlyMap<number, number>, deleted: readonly number[]): void {
    const added: Entry[] = []
    const touched = deleted.filter((ts) => this.values.delete(ts))
    for (const [ts, number] of [...stored].sort(([a], [b]) => a - b)) {
      if (!this.values.has(ts)) added.push({ ts, number })
      else if (this.values.get(ts) !== number) touched.push(ts)
      this.values.set(ts, number)
    }
    const update = updatePyramid(this.isState, { added, touched })
    let step = update.next()
    while (step.done !== true) step = update.next(this.#answer(step.value))
    const { emptied, deleted: gone, written } = step.value
    for (const { level, from, to } of emptied) {
      for (const [key, row] of this.rows) {
        if (row.level === level && row.start >= from && row.start < to) this.rows.delete(key)
      }
    }
    for (const { level, start } of gone) this.rows.delete(`${level} ${start}`)
    for (const row of written) this.rows.set(`${row.level} ${row.start}`, row)
  }

  #answer({ rows, children, values }: PyramidReads): PyramidFound {
    return {
      rows: rows.map(({ level, start }) => this.rows.get(`${level} ${start}`)?.rollup ?? null),
      children: children.map(({ level, from, to }) =>
        [...this.rows.values()]
          .filter((row) => row.level === level && row.start >= from && row.start < to)
          .sort((a, b) => a.start - b.start),
      ),
      values: values.map(({ from, to }) => this.#entries().filter(({ ts }) => ts >= from && ts < to)),
    }
  }

  #entries(): Entry[] {
    return [...this.values].map(([ts, number]) => ({ ts, number })).sort((a, b) => a.ts - b.ts)
  }

  /** The rows that its values make. */
  expected(): Map<string, PyramidRow> {
    const rows = new Map<string, PyramidRow>()
    const pyramid = new PyramidOfValues((row) => rows.set(`${row.level} ${row.start}`, row))
    for (const { ts, number } of this.#entries()) pyramid.add(ts, rollupOf(ts, number, this.isState))
    pyramid.end()
    return rows
  }
}

const place = (span: number) => fc.integer({ min: 0, max: 800 }).map((n) => 1e12 + (n * span) / 800)

const histories = fc.constantFrom(1000, 60_000, 3_600_000, widthOf(5), widthOf(7) * 3).chain((span) =>
  fc.record({
    isState: fc.boolean(),
    steps: fc.array(
      fc.record({
        stored: fc.array(fc.tuple(place(span), fc.integer({ min: -8, max: 8 })), {
          minLength: 100,
          maxLength: 400,
          size: 'max',
        }),
        deleted: fc.tuple(place(span), place(span)),
        isDeleting: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
)

test('the rows are those that the values make, whatever was stored, replaced and deleted', () => {
  fc.assert(
    fc.property(histories, ({ isState, steps }) => {
      const field = new MemoryField(isState)
      for (const { stored, deleted, isDeleting } of steps) {
        const number = (value: number) => (isState ? Math.abs(value) % 2 : value)
        const [from, to] = deleted
        const gone = isDeleting ? [...field.values.keys()].filter((ts) => ts >= from && ts < to) : []
        const kept = stored.filter(([ts]) => !gone.includes(ts))
        field.apply(new Map(kept.map(([ts, value]) => [ts, number(value)])), gone)
        const rounded = (rows: Map<string, PyramidRow>) =>
          new Map([...rows].map(([key, { rollup }]) => [key, withoutNoise(rollup)]))
        expect(rounded(field.rows)).toStrictEqual(rounded(field.expected()))
      }
    }),
    { numRuns: 60 },
  )
})

/** Sums of fractions depend on their order in the last digits. */
function withoutNoise(rollup: Rollup): object {
  const { state } = rollup
  return { ...rollup, state: state === null ? null : { ...state, on: Math.round(state.on * 1000) } }
}
