import { fieldFormat, SenioError } from '@senio/protocol'
import {
  type Entry,
  type PyramidFound,
  type PyramidReads,
  type PyramidWrites,
  updatePyramid,
} from '../../sql/pyramid/update-pyramid.ts'
import type { PostgresSession } from '../session.ts'
import type { FieldEnd } from './known-sensors.ts'
import { readValues } from './update-rollups.ts'

/** New values of fields, each later than the field's newest. */
export type Onward = ReadonlyMap<FieldEnd, ReadonlyMap<number, number | string>>

/** What becomes of a field. */
export interface FieldPlan {
  readonly end: FieldEnd
  /** The timestamp of its last new value. */
  readonly newest: number
  /** Ascending in time. */
  readonly values: readonly (readonly [ts: number, value: number | string])[]
  readonly writes: PyramidWrites
}

interface Open extends Omit<FieldPlan, 'writes'> {
  readonly added: readonly Entry[]
  readonly steps: ReturnType<typeof updatePyramid>
  readonly reads: PyramidReads
}

/**
 * Finds out what to write. Only where a bucket has become too full, its values are asked for: without holding the sensor,
 * since whoever writes to it in between makes the plan void anyway.
 */
export async function planOnward(session: PostgresSession, onward: Onward): Promise<readonly FieldPlan[]> {
  const plans: FieldPlan[] = []
  const waiting: Open[] = []
  for (const [end, byTime] of onward) {
    const values = [...byTime].sort(([a], [b]) => a - b)
    const added = values.map(([ts, value]) => ({ ts, number: typeof value === 'number' ? value : 0 }))
    const newest = added.at(-1)?.ts ?? end.newest
    const isState = fieldFormat(end.field.type).summary === 'share'
    const steps = updatePyramid(isState, { added, touched: [] })
    let step = steps.next()
    while (step.done !== true && step.value.values.length === 0) {
      step = steps.next({
        ...NOTHING,
        rows: step.value.rows.map(({ level, start }) => end.row(level, start)),
      })
    }
    if (step.done === true) plans.push({ end, newest, values, writes: step.value })
    else waiting.push({ end, newest, values, added, steps, reads: step.value })
  }
  if (waiting.length === 0) return plans
  const stored = await readValues(
    session,
    waiting.map(({ end, reads }) => ({ field: end.field, reads })),
  )
  for (const [index, { end, newest, values, added, steps, reads }] of waiting.entries()) {
    const found = reads.values.map(({ from, to }, stretch) => [
      ...(stored[index]?.[stretch] ?? []),
      ...added.filter(({ ts }) => ts >= from && ts < to),
    ])
    const step = steps.next({ ...NOTHING, values: found })
    if (step.done !== true)
      throw new SenioError('defect', 'Values that are only added need no more questions.')
    plans.push({ end, newest, values, writes: step.value })
  }
  return plans
}

const NOTHING: PyramidFound = { rows: [], children: [], values: [] }
