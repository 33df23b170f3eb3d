import type { ImageListJson, ImageSize } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { RangeQuery } from './measurements.ts'
import type { PageQuery } from './page-query.ts'

export interface ImagesQuery extends RangeQuery, PageQuery {
  /** Absent = the sensor's first image field. */
  readonly field?: string | undefined
  /** Only those of measurements with this tag: of a list, a key of an object, or `key:value`. */
  readonly tag?: string | undefined
  /** That many pictures, 1 to 1000, evenly spaced in time, instead of pages. */
  readonly count?: number | undefined
}

/** The pictures of a sensor. */
export function imagesResource(http: Http) {
  return {
    /** Oldest first. */
    images: (sensor: string, query: ImagesQuery = {}, options?: ReadOptions) =>
      http.get<ImageListJson>(apiPath('sensors', sensor, 'images'), { ...query }, options),
    /** Where a picture is served; `original` is byte for byte what was published. */
    imageUrl: (sensor: string, sha1: string, size: ImageSize = 'original') =>
      http.url(apiPath('sensors', sensor, 'images', sha1), { size }),
  }
}
