import { byteaArray, float8Array, int2Array, int4Array, int8Array } from '../binary-arrays.ts'
import type { Call } from '../pipeline.ts'
import { ADD_NUMBERS, ADD_TEXTS, HOLD, WRITE_ROLLUPS } from './prepared.ts'
import type { FieldPlan } from './plan-onward.ts'

/** Stores plans, if the sensors were last written to by `writer`. */
export function onwardCalls(
  plans: readonly FieldPlan[],
  sensors: readonly number[],
  writer: number,
): readonly Call[] {
  return [
    [HOLD, int4Array(sensors), String(writer), String(sensors.length)],
    ...addCalls(plans),
    writeRollups(plans),
  ]
}

function addCalls(plans: readonly FieldPlan[]): readonly Call[] {
  const numbers = {
    sensors: [] as number[],
    fields: [] as number[],
    times: [] as number[],
    values: [] as number[],
  }
  const texts = {
    sensors: [] as number[],
    fields: [] as number[],
    times: [] as number[],
    values: [] as Buffer[],
  }
  for (const { end, values } of plans) {
    const { sensor, id } = end.field
    for (const [ts, value] of values) {
      const into = typeof value === 'number' ? numbers : texts
      into.sensors.push(sensor)
      into.fields.push(id)
      into.times.push(ts)
      if (typeof value === 'number') numbers.values.push(value)
      else texts.values.push(Buffer.from(value))
    }
  }
  const calls: Call[] = []
  const keys = (of: typeof numbers | typeof texts) =>
    [int4Array(of.sensors), int4Array(of.fields), float8Array(of.times)] as const
  if (numbers.times.length > 0) calls.push([ADD_NUMBERS, ...keys(numbers), float8Array(numbers.values)])
  if (texts.times.length > 0) calls.push([ADD_TEXTS, ...keys(texts), byteaArray(texts.values)])
  return calls
}

function writeRollups(plans: readonly FieldPlan[]): Call {
  const rows = plans.flatMap(({ end, writes }) => writes.written.map((row) => ({ ...row, field: end.field })))
  const column = (of: (row: (typeof rows)[number]) => number | null) => rows.map(of)
  return [
    WRITE_ROLLUPS,
    int4Array(column(({ field }) => field.sensor)),
    int4Array(column(({ field }) => field.id)),
    int2Array(column(({ level }) => level)),
    float8Array(column(({ start }) => start)),
    int8Array(column(({ rollup }) => rollup.count)),
    float8Array(column(({ rollup }) => rollup.sum)),
    float8Array(column(({ rollup }) => rollup.min)),
    float8Array(column(({ rollup }) => rollup.max)),
    float8Array(column(({ rollup }) => rollup.state?.first ?? null)),
    float8Array(column(({ rollup }) => rollup.state?.last ?? null)),
    int2Array(column(({ rollup }) => rollup.state?.value ?? null)),
    float8Array(column(({ rollup }) => rollup.state?.on ?? null)),
  ]
}
