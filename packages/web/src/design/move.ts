/** A copy of the list with one item moved; positions outside of the list are moved to its ends. */
export function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const item = list[from]
  if (item === undefined) return list
  const without = list.toSpliced(from, 1)
  return without.toSpliced(Math.min(Math.max(to, 0), without.length), 0, item)
}

/**
 * Where a dragged row belongs.
 * @param middles the vertical middle of each row, ascending
 * @param y the middle of the dragged one
 */
export function positionAt(middles: readonly number[], dragged: number, y: number): number {
  let position = 0
  for (const [index, middle] of middles.entries()) {
    if (index !== dragged && middle < y) position += 1
  }
  return position
}

/** A row of a list, in px. */
export interface RowBox {
  readonly top: number
  readonly height: number
}

/** How far each row is from its place, by its index, when one was moved; rows may be of different heights. */
export function shifts(rows: readonly RowBox[], from: number, to: number): readonly number[] {
  const [first, second] = rows
  if (first === undefined) return []
  const gap = second === undefined ? 0 : second.top - first.top - first.height
  const shifted = rows.map(() => 0)
  let top = first.top
  for (const index of moved([...rows.keys()], from, to)) {
    const row = rows[index] ?? first
    shifted[index] = top - row.top
    top += row.height + gap
  }
  return shifted
}

/** How a pointer at `y` scrolls a window: -1 up to 1 down at its very edges, 0 away from them. */
export function scrollSpeed(y: number, height: number, within: number): number {
  if (y < within) return Math.max(-1, (y - within) / within)
  if (y > height - within) return Math.min(1, (y - height + within) / within)
  return 0
}
