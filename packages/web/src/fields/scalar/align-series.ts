import type { FieldSeriesJson } from '@senio/protocol/api'
import { pausesOf } from '../../timeline/gaps.ts'
import { LARGEST_DRAWN } from './value-axis.ts'

/**
 * One field on the common instants of a graph. null ends the line (a gap); undefined means that another field has a
 * value here, and the line goes on.
 */
export type AlignedValues = (number | null | undefined)[]

export interface AlignedField {
  readonly min: AlignedValues
  readonly mean: AlignedValues
  readonly max: AlignedValues
}

export interface AlignedSeries {
  /** ms since the epoch, ascending, without duplicates. */
  readonly t: number[]
  /** In the order of the fields given; all as long as `t`. */
  readonly fields: readonly AlignedField[]
}

interface Column {
  readonly t: readonly number[]
  /** null where the line ends. */
  readonly min: readonly (number | null)[]
  readonly mean: readonly (number | null)[]
  readonly max: readonly (number | null)[]
}

/** Puts fields on common instants. A bucket stands in its middle: its values are spread over its width. */
export function alignSeries(series: readonly (FieldSeriesJson | undefined)[]): AlignedSeries {
  const columns = series.map((field) => (field === undefined ? EMPTY : withGaps(field)))
  const t = [...new Set(columns.flatMap((column) => column.t))].sort((a, b) => a - b)
  const places = new Map(t.map((instant, index) => [instant, index]))
  const fields = columns.map((column) => {
    const aligned = { min: blank(t.length), mean: blank(t.length), max: blank(t.length) }
    for (const [index, instant] of column.t.entries()) {
      const place = places.get(instant) ?? 0
      aligned.min[place] = drawn(column.min[index])
      aligned.mean[place] = drawn(column.mean[index])
      aligned.max[place] = drawn(column.max[index])
    }
    return { min: widened(aligned.min), mean: widened(aligned.mean), max: widened(aligned.max) }
  })
  return { t, fields }
}

const EMPTY: Column = { t: [], min: [], mean: [], max: [] }

function drawn(value: number | null | undefined): number | null {
  return value === null || value === undefined
    ? null
    : Math.min(LARGEST_DRAWN, Math.max(-LARGEST_DRAWN, value))
}

function blank(length: number): AlignedValues {
  return Array.from<number | null | undefined>({ length })
}

/** A gap reaches from value to value, over all the instants of other fields in it. */
function widened(values: AlignedValues): AlignedValues {
  let isGap = false
  const forwards = values.map((value) => {
    if (value !== undefined) isGap = value === null
    return isGap ? null : value
  })
  for (let i = forwards.length - 2; i >= 0; i--) {
    if (forwards[i] === undefined && forwards[i + 1] === null) forwards[i] = null
  }
  return forwards
}

function withGaps(field: FieldSeriesJson): Column {
  const mean = (field.bucket === 0 ? field.value : field.mean) as readonly number[]
  const min = field.min ?? mean
  const max = field.max ?? mean
  const longestPause = pausesOf(field.t, field.bucket)
  const half = field.bucket / 2
  const column = { t: [], min: [], mean: [], max: [] } as {
    t: number[]
    min: (number | null)[]
    mean: (number | null)[]
    max: (number | null)[]
  }
  let previous: number | null = null
  for (const [index, instant] of field.t.entries()) {
    if (previous !== null && instant - previous > longestPause(index - 1)) {
      column.t.push((previous + instant) / 2 + half)
      column.min.push(null)
      column.mean.push(null)
      column.max.push(null)
    }
    column.t.push(instant + half)
    column.min.push(min[index] ?? null)
    column.mean.push(mean[index] ?? null)
    column.max.push(max[index] ?? null)
    previous = instant
  }
  return column
}
