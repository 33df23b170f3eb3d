import type { Series, StoredValue } from '../measurement-store.ts'

type Listed<Values> = Values extends Float64Array
  ? readonly number[]
  : Values extends readonly StoredValue[]
    ? readonly StoredValue[]
    : Values

type Plain<Each> = Each extends Series ? { readonly [Key in keyof Each]: Listed<Each[Key]> } : never

/** A `Series` with lists for its arrays. */
export type PlainSeries = Plain<Series>

/** For comparisons. @throws TypeError when there are numbers that aren't doubles in bulk, as the port wants them */
export function plainSeries(series: Series): PlainSeries {
  const listed = Object.entries(series).map(([key, column]) => {
    if (column instanceof Float64Array) return [key, [...column]]
    if (Array.isArray(column) && column.every((value) => typeof value === 'number')) {
      throw new TypeError(`The numbers of "${key}" are no doubles in bulk.`)
    }
    return [key, column]
  })
  return Object.fromEntries(listed) as PlainSeries
}
