import type {
  DeletedJson,
  InstantJson,
  MeasurementListJson,
  SeriesJson,
  TagListJson,
} from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions, withQuery } from '../request.ts'
import type { PageQuery } from './page-query.ts'

/** `[from, to)` in ms since the epoch; absent = from the oldest, to after the newest value. */
export interface RangeQuery {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface SeriesQuery extends RangeQuery {
  /** Names; absent = all fields. */
  readonly fields?: readonly string[] | undefined
  /** At most this many entries a field, 1 to 10,000; absent = 1000. */
  readonly points?: number | undefined
  /** Only values of measurements with this tag: raw ones, thinned out where there are more than `points`. */
  readonly tag?: string | undefined
}

export interface AtQuery {
  /** Only values of measurements with this tag. */
  readonly tag?: string | undefined
}

export interface MeasurementsQuery extends RangeQuery, PageQuery {
  /** Names; absent = all fields. */
  readonly fields?: readonly string[] | undefined
  /** A tag of the list, a key of the object, or `key:value`. */
  readonly tag?: string | undefined
}

export interface TagsQuery extends PageQuery {
  /** Only tags that contain this, whatever the case. */
  readonly search?: string | undefined
}

/** The numbers of a sensor. */
export function measurementsResource(http: Http) {
  return {
    /** Graph data. */
    series: (sensor: string, query: SeriesQuery = {}, options?: ReadOptions) =>
      http.get<SeriesJson>(apiPath('sensors', sensor, 'series'), { ...query }, options),
    /** Every field's value at or before an instant (ms since the epoch). */
    at: (sensor: string, t: number, { tag, ...options }: AtQuery & ReadOptions = {}) =>
      http.get<InstantJson>(apiPath('sensors', sensor, 'at'), { t, tag }, options),
    latest: (sensor: string, { tag, ...options }: AtQuery & ReadOptions = {}) =>
      http.get<InstantJson>(apiPath('sensors', sensor, 'latest'), { tag }, options),
    /** Oldest first. */
    measurements: (sensor: string, query: MeasurementsQuery = {}, options?: ReadOptions) =>
      http.get<MeasurementListJson>(apiPath('sensors', sensor, 'measurements'), { ...query }, options),
    /** What `tag` elsewhere finds, ordered: the tags of lists, the keys of objects and `key:value`. */
    tags: (sensor: string, query: TagsQuery = {}, options?: ReadOptions) =>
      http.get<TagListJson>(apiPath('sensors', sensor, 'tags'), { ...query }, options),
    /** Deletes the values of `[from, to)`, of all fields or of some, and says how many there were. */
    deleteMeasurements: (
      sensor: string,
      query: { readonly from: number; readonly to: number; readonly fields?: readonly string[] },
    ) =>
      http.send<DeletedJson>('DELETE', withQuery(apiPath('sensors', sensor, 'measurements'), { ...query })),
  }
}
