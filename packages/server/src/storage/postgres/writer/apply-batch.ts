import { type FieldTypeName, SenioError } from '@senio/protocol'
import type { StoredValue } from '../../measurement-store.ts'
import type { Connections } from '../connections.ts'
import { isConflict } from '../failures.ts'
import type { Obstacle, Partitions } from '../partitions.ts'
import type { PostgresSession } from '../session.ts'
import { arrayOf } from '../stored-value.ts'
import type { AppendCall } from './append-call.ts'
import { appendOnward } from './append-onward.ts'
import type { KnownSensors } from './known-sensors.ts'
import type { BatchResult } from './settle.ts'
import type { LiveField, ValuesByField } from './live-field.ts'
import { takeTurnsSql } from './sensor-turns.ts'
import { refuseCollisions, storeImages } from './store-images.ts'
import { storeTags } from './store-tags.ts'
import { storeValues } from './store-values.ts'
import { rollupWritesSql, updateRollups } from './update-rollups.ts'

/** How often a batch is tried that other transactions are in the way of. */
const TRIES = 5

/** Where batches go. */
export interface BatchTarget {
  readonly connections: Connections
  readonly partitions: Partitions
  readonly known: KnownSensors
}

/**
 * Stores calls. Nodes that write to the same sensor take turns: each holds the rows of its batch's sensors, locked in the
 * order of their ids, until it commits.
 *
 * @returns per call what became of it; rejects when none of them could be stored
 */
export async function applyBatch(target: BatchTarget, calls: readonly AppendCall[]): Promise<BatchResult> {
  const obstacle = await target.partitions.ensure(timestampsOf(calls))
  if (obstacle === null) return applyAll(target, calls)
  const results = new Map<AppendCall, Error | null>()
  for (const call of calls) {
    const error = firstObstacle(call, obstacle)
    if (error !== null) results.set(call, error)
  }
  const rest = calls.filter((call) => !results.has(call))
  await applyInto(results, rest, () => applyAll(target, rest))
  return calls.map((call) => results.get(call) ?? null)
}

/** Those who only add to what they know of at once, then the others. */
async function applyAll(target: BatchTarget, calls: readonly AppendCall[]): Promise<BatchResult> {
  const others = await target.connections.use((session) => appendOnward(session, target.known, calls))
  if (others.length === calls.length) return applyCarefully(target, calls)
  const results = new Map<AppendCall, Error | null>()
  await applyInto(results, others, () => applyCarefully(target, others))
  return calls.map((call) => results.get(call) ?? null)
}

/** Notes what becomes of some calls of a batch, whatever that is. */
async function applyInto(
  results: Map<AppendCall, Error | null>,
  calls: readonly AppendCall[],
  apply: () => Promise<BatchResult>,
): Promise<void> {
  if (calls.length === 0) return
  try {
    const applied = await apply()
    for (const [index, call] of calls.entries()) results.set(call, applied[index] ?? null)
  } catch (error) {
    for (const call of calls) results.set(call, asError(error))
  }
}

function firstObstacle({ measurements }: AppendCall, obstacle: Obstacle): Error | null {
  for (const { timestamp } of measurements) {
    const error = obstacle(timestamp)
    if (error !== null) return error
  }
  return null
}

/** Stores calls in one transaction, whatever is there already. */
async function applyCarefully(target: BatchTarget, calls: readonly AppendCall[]): Promise<BatchResult> {
  try {
    return await applyTogether(target, calls)
  } catch (error) {
    // One call that the database itself refuses must not take the others down: each gets a transaction of its own.
    if (calls.length <= 1 || !(error instanceof SenioError) || error.fault !== 'Defect') throw error
    const results: (Error | null)[] = []
    for (const call of calls) results.push(await applyAlone(target, call))
    return results
  }
}

async function applyAlone(target: BatchTarget, call: AppendCall): Promise<Error | null> {
  try {
    return (await applyTogether(target, [call]))[0] ?? null
  } catch (error) {
    return asError(error)
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new SenioError('defect', 'Not an error.', { cause: error })
}

async function applyTogether(
  { connections, known }: BatchTarget,
  calls: readonly AppendCall[],
): Promise<BatchResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connections.use((session) => applyOnce(session, known, calls))
    } catch (error) {
      const isInTheWay = error instanceof SenioError && isConflict(error.cause)
      if (!isInTheWay || attempt >= TRIES) throw error
    }
  }
}

async function applyOnce(
  session: PostgresSession,
  known: KnownSensors,
  calls: readonly AppendCall[],
): Promise<BatchResult> {
  await known.use(session)
  const sensors = sensorsOf(calls)
  known.forget(sensors)
  try {
    const { live, taken } = await lockSensors(session, calls, known.writer)
    const results = await refusals(session, calls, live)
    const accepted = calls.filter((_, index) => results[index] === null)
    await storeImages(session, accepted)
    const values = newestValues(accepted, live)
    const { changes, rollups } = await storeValues(session, values)
    const writes = await updateRollups(session, changes, rollups)
    await storeTags(session, accepted)
    await session.commit(rollupWritesSql(session, writes))
    for (const sensor of sensors) known.hold(sensor, taken.has(sensor))
    return results
  } catch (error) {
    await session.rollback()
    throw error
  }
}

function sensorsOf(calls: readonly AppendCall[]): ReadonlySet<number> {
  const sensors = new Set<number>()
  for (const { measurements } of calls) for (const { sensor } of measurements) sensors.add(sensor)
  return sensors
}

interface Locked {
  /** The fields of the batch that aren't deleted, and won't be before the transaction ends. */
  readonly live: ReadonlyMap<number, LiveField>
  /** Sensors that somebody else had written to last. */
  readonly taken: ReadonlySet<number>
}

async function lockSensors(
  session: PostgresSession,
  calls: readonly AppendCall[],
  writer: number,
): Promise<Locked> {
  const ids = [...sensorsOf(calls)]
  const sensors = arrayOf(ids)
  const fields = new Set<number>()
  for (const { measurements } of calls) {
    for (const { values } of measurements) for (const { field } of values) fields.add(field)
  }
  // The second statement sees what those who were waited for have done.
  const answers = await session.script(
    `BEGIN;
     SELECT 1 FROM sensor WHERE id = ANY(${sensors}::int[]) ORDER BY id FOR NO KEY UPDATE;
     UPDATE sensor SET writer = ${writer} WHERE id = ANY(${sensors}::int[]) AND writer <> ${writer}
       RETURNING id;
     ${takeTurnsSql(session, ids)}
     SELECT field.id, field.sensor, field.type FROM field JOIN sensor ON sensor.id = field.sensor
       WHERE field.id = ANY(${arrayOf([...fields])}::int[]) AND field.deleted = 0 AND sensor.deleted = 0`,
  )
  const taken = (answers[2] ?? []) as readonly (readonly [number])[]
  const found = (answers.at(-1) ?? []) as readonly (readonly [number, number, FieldTypeName])[]
  return {
    live: new Map(found.map(([id, sensor, type]) => [id, { id, sensor, type }])),
    taken: new Set(taken.map(([id]) => id)),
  }
}

/** Per call why it can't be stored, or null. */
async function refusals(
  session: PostgresSession,
  calls: readonly AppendCall[],
  live: ReadonlyMap<number, LiveField>,
): Promise<BatchResult> {
  const collisions = await refuseCollisions(session, calls)
  return calls.map(({ measurements }, index) => {
    const isComplete = measurements.every(({ sensor, values }) =>
      values.every(({ field }) => live.get(field)?.sensor === sensor),
    )
    return isComplete
      ? (collisions[index] ?? null)
      : new SenioError('not-found', 'The sensor or one of its fields was deleted in the meantime.')
  })
}

function newestValues(calls: readonly AppendCall[], live: ReadonlyMap<number, LiveField>): ValuesByField {
  const byField = new Map<LiveField, Map<number, StoredValue>>()
  for (const { measurements } of calls) {
    for (const { timestamp, values } of measurements) {
      for (const { field, value } of values) {
        const found = live.get(field)
        if (found === undefined) continue
        const known = byField.get(found)
        if (known === undefined) byField.set(found, new Map([[timestamp, value]]))
        else known.set(timestamp, value)
      }
    }
  }
  return byField
}

function* timestampsOf(calls: readonly AppendCall[]): Generator<number> {
  for (const { measurements } of calls) for (const { timestamp } of measurements) yield timestamp
}
