import type { KeogramColumn } from '@senio/protocol'
import type { ExifJson, ImageListJson, ImageSize } from '@senio/protocol/api'
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

export interface KeogramQuery extends RangeQuery {
  /** Absent = the sensor's first image field. */
  readonly field?: string | undefined
  /** Pixels, and slots that the range is divided into, 1 to 2048; absent = 1024. */
  readonly width?: number | undefined
  /** Pixels, 1 to 320; absent = 160. */
  readonly height?: number | undefined
  /** What of a picture becomes its column; absent = its middle. */
  readonly column?: KeogramColumn | undefined
  /** Only pictures of measurements with this tag. */
  readonly tag?: string | undefined
}

export interface KeogramTile {
  /** A power of two. */
  readonly msPerColumn: number
  /** From the epoch on. */
  readonly index: number
  /** What of a picture becomes its column; absent = its middle. */
  readonly column?: KeogramColumn
  /** Only pictures of measurements with this tag. */
  readonly tag?: string
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
    /** What the camera wrote into a picture. */
    exif: (sensor: string, sha1: string, options?: ReadOptions) =>
      http.get<ExifJson>(apiPath('sensors', sensor, 'images', sha1, 'exif'), {}, options),
    /** Where a range is served as one picture, with a column for each picture in it. */
    keogramUrl: (sensor: string, query: KeogramQuery = {}) =>
      http.url(apiPath('sensors', sensor, 'keogram'), { ...query }),
    /** Where a tile of it is served: see `keogramTileRange` of the protocol. */
    keogramTileUrl: (sensor: string, field: string, tile: KeogramTile) =>
      http.url(tilePath(sensor, field, tile), { column: tile.column, tag: tile.tag }),
    /** A tile of it, a WebP picture; rejects with `overloaded` while its pictures are still being made. */
    keogramTile: (sensor: string, field: string, tile: KeogramTile, options?: ReadOptions) =>
      http.blob(tilePath(sensor, field, tile), { column: tile.column, tag: tile.tag }, options),
    /** A range as one picture, WebP; rejects with `overloaded` while its pictures are still being made. */
    keogram: (sensor: string, query: KeogramQuery = {}, options?: ReadOptions) =>
      http.blob(apiPath('sensors', sensor, 'keogram'), { ...query }, options),
  }
}

function tilePath(sensor: string, field: string, { msPerColumn, index }: KeogramTile): string {
  return apiPath('sensors', sensor, 'keogram', field, msPerColumn, `${index}.webp`)
}
