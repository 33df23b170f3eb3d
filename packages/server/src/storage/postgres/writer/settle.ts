import { setTimeout as sleep } from 'node:timers/promises'
import { SenioError } from '@senio/protocol'
import { UnknownOutcome } from '../../unknown-outcome.ts'
import type { AppendCall } from './append-call.ts'

/** Per call: null when it is stored, or why nothing of it was; of an `UnknownOutcome` that can't be told. */
export type BatchResult = readonly (Error | null)[]

/** Stores calls in one transaction; rejects when none of them could be stored. */
export type Apply = (calls: readonly AppendCall[]) => Promise<BatchResult>

/** How long it is tried to find out, ms: a restart or a failover is over by then, and devices still wait for an answer. */
const PATIENCE = 15_000

/** Between two tries, ms. */
const PAUSES = { first: 50, longest: 1000 }

/** As `apply`, with one answer for all in the place of a rejection. */
export async function outcomes(apply: Apply, calls: readonly AppendCall[]): Promise<BatchResult> {
  try {
    return await apply(calls)
  } catch (error) {
    const failure =
      error instanceof Error ? error : new SenioError('defect', 'Not an error.', { cause: error })
    return calls.map(() => failure)
  }
}

/**
 * Finds out what became of calls whose commit was not answered, by storing them again: that changes nothing if they are
 * there, and waits for a commit that still goes on, since that holds the rows of their sensors.
 *
 * @returns `UnknownOutcome` for those of which nothing could be found out in time
 */
export async function settle(
  apply: Apply,
  calls: readonly AppendCall[],
  { patience = PATIENCE, pauses = PAUSES } = {},
): Promise<BatchResult> {
  const until = performance.now() + patience
  const known = new Map<AppendCall, Error | null>()
  let open = calls
  let failure: Error = new UnknownOutcome(null)
  for (let pause = pauses.first; open.length > 0 && performance.now() < until; pause *= 2) {
    await sleep(Math.min(pause, pauses.longest))
    const results = await outcomes(apply, open)
    for (const [index, call] of open.entries()) {
      const result = results[index]
      if (result === null || (result !== undefined && isRefusal(result))) known.set(call, result)
      else if (result !== undefined) failure = result
    }
    open = open.filter((call) => !known.has(call))
  }
  const unknown = failure instanceof UnknownOutcome ? failure : new UnknownOutcome(failure)
  return calls.map((call) => {
    const result = known.get(call)
    return result === undefined ? unknown : result
  })
}

/** Said of the call itself, whatever the state of the database: its fields are gone, or its picture is another's. */
function isRefusal(error: Error): boolean {
  return error instanceof SenioError && error.fault === 'Rejected'
}
