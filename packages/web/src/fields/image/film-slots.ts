import { type TimeRange, timestampMs } from '@senio/protocol'
import type { ImageJson } from '@senio/protocol/api'
import { spanOf } from '../../timeline/range.ts'

/** How the time of a film strip is cut: into slots of equal length, aligned to the epoch, so that they move with it. */
export interface FilmGrid {
  /** Length of a slot in ms: a power of √2 seconds, so that zooming changes it seldom. */
  readonly slot: number
  /** Whole slots that cover the range and as much again around it. */
  readonly from: number
  readonly to: number
  /** Number of halves of slots from `from` to `to`: for each the server gives the first picture. */
  readonly count: number
}

/** One picture of a film strip. */
export interface Frame {
  readonly picture: ImageJson
  /** What it stands for, ms since the epoch: as long as a slot. */
  readonly from: number
  readonly to: number
}

/** More than the server gives pictures at a time. */
const MOST_HALVES = 1000

/** The grid of a strip whose slots are at least `slotWidth` and less than 1.5 times as wide, in CSS pixels. */
export function filmGrid(range: TimeRange, plotWidth: number, slotWidth: number): FilmGrid {
  const least = (spanOf(range) / Math.max(1, plotWidth)) * slotWidth
  const slot = 1000 * 2 ** (Math.ceil(Math.log2(least / 1000) * 2) / 2)
  // In steps of several slots, so that panning asks seldom.
  const step = slot * Math.max(1, Math.ceil(plotWidth / slotWidth / 4))
  const from = Math.floor((range.from - step) / step) * step
  const to = Math.ceil((range.to + step) / step) * step
  return { slot, from, to, count: Math.min(MOST_HALVES, Math.round(((to - from) / slot) * 2)) }
}

/** What to ask the server for. */
export function gridRange(grid: FilmGrid): TimeRange {
  return { from: timestampMs(grid.from), to: timestampMs(grid.to) }
}

/**
 * One picture a frame, the one nearest to its middle; in the newest frame the newest picture. Frames are centred at where
 * slots begin. The server gives the first picture of each half: of the later one that nearest to the middle.
 * @param pictures ascending
 */
export function framesOf(pictures: readonly ImageJson[], grid: FilmGrid): Frame[] {
  const frames = new Map<number, ImageJson>()
  const middleOf = (index: number): number => grid.from + index * grid.slot
  for (const picture of pictures) {
    const index = Math.round((picture.timestamp - grid.from) / grid.slot)
    const other = frames.get(index)
    const distance = Math.abs(picture.timestamp - middleOf(index))
    if (
      other !== undefined &&
      Math.abs(other.timestamp - middleOf(index)) <= distance &&
      picture !== pictures.at(-1)
    )
      continue
    frames.set(index, picture)
  }
  return [...frames].map(([index, picture]) => ({
    picture,
    from: middleOf(index) - grid.slot / 2,
    to: middleOf(index) + grid.slot / 2,
  }))
}

/** The frame that an instant lies in, or the last one before it; -1 when all are later. */
export function frameAt(frames: readonly Frame[], t: number): number {
  return frames.findLastIndex(({ from }) => from <= t)
}

/** Ascending, each instant once; of two pictures of one instant the later argument's. */
export function mergePictures(a: readonly ImageJson[], b: readonly ImageJson[]): ImageJson[] {
  const merged = new Map([...a, ...b].map((picture) => [picture.timestamp, picture]))
  return [...merged.values()].sort((one, other) => one.timestamp - other.timestamp)
}
