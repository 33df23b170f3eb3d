import type { FieldSeriesJson } from '@senio/protocol/api'

/** A state; null: what the data doesn't tell. */
export type State = boolean | null

/** The states with which a bucket begins and ends. */
export interface BucketEnds {
  readonly first: State
  readonly last: State
}

/**
 * The states that buckets carry from one to the next. A bucket of one state, or with a single value, tells both of its
 * ends once one of its neighbours does; what stays open is null.
 * @param before the state at the start of the data; null when unknown
 */
export function carriedStates(series: FieldSeriesJson, before: State): BucketEnds[] {
  const { t, min = [], max = [], count = [] } = series
  const ends = t.map((_, index) => {
    const only = min[index] === max[index] ? Boolean(min[index]) : null
    return { first: only, last: only }
  })
  // A single value in a bucket of both states turned the one into the other.
  const turns = t.map((_, index) => min[index] !== max[index] && count[index] === 1)
  let carried = before
  for (const [index, bucket] of ends.entries()) {
    bucket.first ??= carried
    if (turns[index] === true) bucket.last ??= opposite(bucket.first)
    carried = bucket.last
  }
  carried = null
  for (const [fromEnd, bucket] of ends.toReversed().entries()) {
    bucket.last ??= carried
    if (turns[ends.length - 1 - fromEnd] === true) bucket.first ??= opposite(bucket.last)
    carried = bucket.first
  }
  return ends
}

function opposite(state: State): State {
  return state === null ? null : !state
}
