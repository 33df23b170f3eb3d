/** With less room than this between values, points would hide the line. CSS pixels. */
const ROOM_PER_POINT = 14

/**
 * Which values of a line are drawn as points: all where they are few, otherwise those that stand alone between gaps
 * and would not be seen.
 * @param values null: a gap; undefined: no value of this line
 * @param from first index in sight
 * @param to last index in sight, inclusive
 */
export function pointsToDraw(
  values: ArrayLike<number | null | undefined>,
  from: number,
  to: number,
  width: number,
): number[] {
  const all: number[] = []
  const alone: number[] = []
  let run = 0
  let last = -1
  function endRun(): void {
    if (run === 1) alone.push(last)
    run = 0
  }
  for (let index = from; index <= to; index++) {
    const value = values[index]
    if (value === null) endRun()
    if (value === null || value === undefined) continue
    all.push(index)
    last = index
    run++
  }
  endRun()
  return all.length * ROOM_PER_POINT <= width ? all : alone
}
