import { SenioError } from '@senio/protocol'
import { isConnectionUsable } from '../failures.ts'
import type { PostgresSession } from '../session.ts'
import type { AppendCall } from './append-call.ts'
import type { FieldEnd, KnownSensors } from './known-sensors.ts'
import { onwardCalls } from './onward-calls.ts'
import { type Onward, planOnward } from './plan-onward.ts'
import { readEnds } from './read-ends.ts'

/**
 * Stores those calls that only add values later than all others of their fields, in one message: their rollups follow
 * from what is known, so that nothing has to be asked while the sensors are held.
 *
 * @returns the calls that it could not store like that, in their order
 */
export async function appendOnward(
  session: PostgresSession,
  known: KnownSensors,
  calls: readonly AppendCall[],
): Promise<readonly AppendCall[]> {
  // Elsewhere a commit is more than a message.
  if (session.isDistributed) return calls
  await known.use(session)
  const candidates = calls.filter((call) => isPlain(call, known))
  if (candidates.length === 0) return calls
  await readUnknown(session, known, candidates)
  const { onward, others } = divide(calls, new Set(candidates), known)
  if (onward.ends.size === 0) return calls
  const plan = await planOnward(session, onward.ends)
  try {
    await session.pipeline(onwardCalls(plan, [...onward.sensors], known.writer))
  } catch (error) {
    known.forget(onward.sensors)
    // Somebody else has written to one of them, or something is wrong that the careful way finds out.
    if (error instanceof SenioError || !isConnectionUsable(error)) throw error
    return calls
  }
  for (const { end, newest, writes } of plan) end.advance(newest, writes)
  return others
}

/** Values alone, of sensors that this connection was the last to write to. */
function isPlain({ measurements, images }: AppendCall, known: KnownSensors): boolean {
  return (
    images.length === 0 &&
    measurements.length > 0 &&
    measurements.every(
      ({ sensor, tags, values }) =>
        tags === null &&
        known.find(sensor) !== undefined &&
        values.every(({ value }) => typeof value !== 'object'),
    )
  )
}

async function readUnknown(
  session: PostgresSession,
  known: KnownSensors,
  calls: readonly AppendCall[],
): Promise<void> {
  const unknown = new Set<number>()
  for (const { measurements } of calls) {
    for (const { sensor } of measurements) if (known.find(sensor) === null) unknown.add(sensor)
  }
  if (unknown.size === 0) return
  const found = await readEnds(session, [...unknown], known.writer)
  known.forget(unknown)
  for (const [sensor, ends] of found) known.remember(sensor, ends)
}

interface Divided {
  readonly onward: { readonly sensors: ReadonlySet<number>; readonly ends: Onward }
  readonly others: readonly AppendCall[]
}

/** A sensor's calls stay together, so that the last of them wins. */
function divide(
  calls: readonly AppendCall[],
  candidates: ReadonlySet<AppendCall>,
  known: KnownSensors,
): Divided {
  const excluded = new Set<number>()
  const others = new Set<AppendCall>()
  const exclude = (call: AppendCall): void => {
    others.add(call)
    for (const { sensor } of call.measurements) excluded.add(sensor)
  }
  for (const call of calls) if (!candidates.has(call) || !isOnward(call, known)) exclude(call)
  for (let size = -1; size !== excluded.size;) {
    size = excluded.size
    for (const call of calls) {
      if (!others.has(call) && call.measurements.some(({ sensor }) => excluded.has(sensor))) exclude(call)
    }
  }
  const sensors = new Set<number>()
  const ends = new Map<FieldEnd, Map<number, number | string>>()
  for (const call of calls) {
    if (others.has(call)) continue
    for (const { sensor, timestamp, values } of call.measurements) {
      sensors.add(sensor)
      for (const { field, value } of values) {
        const end = known.find(sensor)?.get(field)
        if (end === undefined || typeof value === 'object') {
          throw new SenioError('defect', 'A value was divided from its field.')
        }
        const byTime = ends.get(end)
        if (byTime === undefined) ends.set(end, new Map([[timestamp, value]]))
        else byTime.set(timestamp, value)
      }
    }
  }
  return { onward: { sensors, ends }, others: calls.filter((call) => others.has(call)) }
}

function isOnward({ measurements }: AppendCall, known: KnownSensors): boolean {
  return measurements.every(({ sensor, timestamp, values }) => {
    const ends = known.find(sensor)
    return values.every(({ field }) => timestamp > (ends?.get(field)?.newest ?? Infinity))
  })
}
