import { KEOGRAM_TILE_COLUMNS, type TimeRange } from '@senio/protocol'
import { spanOf } from '../../../timeline/range.ts'
import type { Tile } from './keogram-scale.ts'

/** A tile that is there. */
export interface LoadedTile extends Tile {
  /** As many pixels wide as the tile has columns, and as high as the canvas. */
  readonly picture: ImageBitmap
}

export interface KeogramDrawing {
  /** What the canvas shows from its left to its right edge. */
  readonly range: TimeRange
  /** The tiles of the scale that is wanted. */
  readonly wanted: readonly Tile[]
  /** Everything that is there, of other scales, too. */
  readonly loaded: readonly LoadedTile[]
}

/** Whether the two cover some of the same time. */
export function overlap(a: TimeRange, b: TimeRange): boolean {
  return a.from < b.to && b.from < a.to
}

/**
 * What to draw in place of a tile that is on its way: tiles of other scales, those closest to it last, so that they
 * come on top.
 */
export function standIns(tile: Tile, loaded: readonly LoadedTile[]): readonly LoadedTile[] {
  const distance = ({ msPerColumn }: Tile): number =>
    Math.abs(Math.log2(msPerColumn) - Math.log2(tile.msPerColumn))
  return loaded
    .filter(({ range }) => overlap(range, tile.range))
    .sort((a, b) => distance(b) - distance(a) || a.index - b.index)
}

/**
 * Draws what is there, aligned to the pixel with the time axis. Slots without a picture stay transparent; of what is
 * still on its way, the canvas' text colour says so.
 */
export function drawKeogram(canvas: HTMLCanvasElement, { range, wanted, loaded }: KeogramDrawing): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { width, height } = canvas
  const perMs = width / spanOf(range)
  const pixelOf = (t: number): number => Math.round((t - range.from) * perMs)
  context.clearRect(0, 0, width, height)
  for (const tile of wanted) {
    if (!overlap(tile.range, range)) continue
    const [left, right] = [pixelOf(tile.range.from), pixelOf(tile.range.to)]
    const exact = loaded.find(
      ({ msPerColumn, index }) => msPerColumn === tile.msPerColumn && index === tile.index,
    )
    if (exact !== undefined) {
      draw(exact)
      continue
    }
    context.save()
    context.beginPath()
    context.rect(left, 0, right - left, height)
    context.clip()
    context.fillStyle = getComputedStyle(canvas).color
    context.fillRect(left, 0, right - left, height)
    for (const other of standIns(tile, loaded)) draw(other)
    context.restore()
  }

  function draw({ picture, range: { from, to }, msPerColumn }: LoadedTile): void {
    const [left, right] = [pixelOf(from), pixelOf(to)]
    if (context === null) return
    // What it shows no picture of is transparent, whatever was there.
    context.clearRect(left, 0, right - left, height)
    // Wide columns have sharp edges; narrow ones flow into each other.
    context.imageSmoothingEnabled = msPerColumn * perMs < 1
    context.drawImage(picture, 0, 0, KEOGRAM_TILE_COLUMNS, picture.height, left, 0, right - left, height)
  }
}
