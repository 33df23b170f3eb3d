import { type TimeRange, timestampMs } from './time.ts'

/** Columns of a tile: one pixel each. */
export const KEOGRAM_TILE_COLUMNS = 256
/** Height of a tile in pixels. */
export const KEOGRAM_TILE_HEIGHT = 240

/** How a picture becomes one column of pixels: the one in its middle, or the mean of all. */
export const keogramColumns = ['middle', 'mean'] as const
export type KeogramColumn = (typeof keogramColumns)[number]

/** Coarsest scale: 2 years a column. */
const MAX_MS_PER_COLUMN = 2 ** 36
/** The last instant that a JavaScript date knows. */
const LAST_INSTANT = 8.64e15

/**
 * What the tile `index` of a scale covers: `index * 256 * msPerColumn` on, so that column `i` shows the first picture
 * in `[from + i * msPerColumn, from + (i + 1) * msPerColumn)`.
 *
 * @param msPerColumn a power of two
 * @returns null when there is no such tile
 */
export function keogramTileRange(msPerColumn: number, index: number): TimeRange | null {
  const isScale =
    msPerColumn >= 1 && msPerColumn <= MAX_MS_PER_COLUMN && Number.isInteger(Math.log2(msPerColumn))
  const width = msPerColumn * KEOGRAM_TILE_COLUMNS
  const from = index * width
  if (!isScale || !Number.isSafeInteger(index) || index < 0 || from > LAST_INSTANT) return null
  return { from: timestampMs(from), to: timestampMs(from + width) }
}
