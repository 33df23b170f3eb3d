import { startAt, TOP } from '../../sql/pyramid/levels.ts'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import { ROLLUP_COLUMNS, type RollupTuple, rollupOfRow } from '../rollup-rows.ts'
import { soughtByKey } from '../seeks.ts'
import type { PostgresSession, Tuple } from '../session.ts'
import { arrayOf } from '../stored-value.ts'
import type { LiveField, ValuesByField } from './live-field.ts'

/** A bucket of a field. */
export interface FieldBucket {
  readonly field: LiveField
  readonly level: number
  readonly start: number
}

/** Rows of rollups that were read in this transaction. */
export class KnownRollups {
  readonly #known = new Map<string, Rollup | null>()

  /**
   * The buckets of all levels that each field's earliest and latest new values are in: for values as they usually come
   * that is all that will be asked for.
   */
  pathsOf(values: ValuesByField): readonly FieldBucket[] {
    const buckets = new Map<string, FieldBucket>()
    for (const [field, byTime] of values) {
      let first = Infinity
      let last = -Infinity
      for (const ts of byTime.keys()) {
        if (ts < first) first = ts
        if (ts > last) last = ts
      }
      for (let level = TOP; level >= 0; level--) {
        for (const start of [startAt(level, first), startAt(level, last)]) {
          buckets.set(keyOf(field.id, level, start), { field, level, start })
        }
      }
    }
    return [...buckets.values()]
  }

  /** A query for rows, to be given to `remember`. */
  sql(session: PostgresSession, buckets: readonly FieldBucket[]): string {
    const sensors = arrayOf(buckets.map(({ field }) => field.sensor))
    return `SELECT wanted.field, wanted.level, found.* FROM unnest(
        ${sensors}::int[],
        ${arrayOf(buckets.map(({ field }) => field.id))}::int[],
        ${arrayOf(buckets.map(({ level }) => level))}::int2[],
        ${arrayOf(buckets.map(({ start }) => start))}::float8[]) AS wanted (sensor, field, level, start)
      CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup r WHERE r.sensor = wanted.sensor
        AND r.field = wanted.field AND r.level = wanted.level AND r.start = wanted.start
        ${soughtByKey(session, 'r.sensor', sensors)}) found`
  }

  /** @param asked what was queried: those without a row have none */
  remember(asked: readonly FieldBucket[], rows: readonly Tuple[]): void {
    for (const { field, level, start } of asked) this.#known.set(keyOf(field.id, level, start), null)
    for (const [field, level, ...row] of rows as readonly (readonly [number, number, ...RollupTuple])[]) {
      this.#known.set(keyOf(field, level, row[0]), rollupOfRow(row))
    }
  }

  /** null for a bucket without a row; undefined for what wasn't asked. */
  find({ field, level, start }: FieldBucket): Rollup | null | undefined {
    return this.#known.get(keyOf(field.id, level, start))
  }
}

function keyOf(field: number, level: number, start: number): string {
  return `${field} ${level} ${start}`
}
