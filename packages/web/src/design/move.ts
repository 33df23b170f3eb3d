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
