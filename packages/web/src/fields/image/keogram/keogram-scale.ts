import { KEOGRAM_TILE_COLUMNS, keogramTileRange, type TimeRange } from '@senio/protocol'
import { spanOf } from '../../../timeline/range.ts'

/** Coarsest scale that the server has, as a power of two. */
const COARSEST = 36

/**
 * The usual time between pictures in ms, a little above the median, so that their jitter leaves no empty columns; null
 * where nothing can be learned.
 * @param times ascending, of pictures that follow each other
 */
export function usualInterval(times: readonly number[]): number | null {
  const intervals = times.slice(1).map((t, i) => t - (times[i] ?? t))
  return intervals.sort((a, b) => a - b)[Math.floor((intervals.length * 2) / 3)] ?? null
}

/**
 * How many ms a column stands for: a power of two, about a pixel of the screen, but no less than the camera's interval,
 * which would leave columns without a picture.
 * @param pixels width of the plot
 */
export function keogramScale(range: TimeRange, pixels: number, interval: number | null): number {
  const pixel = Math.round(Math.log2(spanOf(range) / Math.max(1, pixels)))
  const picture = interval === null ? 0 : Math.ceil(Math.log2(interval))
  return 2 ** Math.min(COARSEST, Math.max(0, pixel, picture))
}

/** A tile of a keogram, and what it covers. */
export interface Tile {
  readonly msPerColumn: number
  readonly index: number
  readonly range: TimeRange
}

/** The tiles of a scale that a range needs where there may be pictures, ascending. */
export function tilesIn(range: TimeRange, msPerColumn: number, extent: TimeRange): readonly Tile[] {
  const width = msPerColumn * KEOGRAM_TILE_COLUMNS
  const from = Math.max(0, range.from, extent.from)
  const to = Math.min(range.to, extent.to)
  const tiles: Tile[] = []
  for (let index = Math.floor(from / width); index * width < to; index++) {
    const covered = keogramTileRange(msPerColumn, index)
    if (covered !== null) tiles.push({ msPerColumn, index, range: covered })
  }
  return tiles
}
