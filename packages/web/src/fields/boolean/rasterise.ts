import type { StateSpan } from './state-spans.ts'

/** One shade over a run of columns. */
export interface Shade {
  /** First column; `to` is exclusive. */
  readonly from: number
  readonly to: number
  /** Share that is on, 0 to 1, in steps that the eye can tell apart. */
  readonly on: number
}

const STEPS = 16
/** A state shorter than a pixel still leaves a trace. */
const LEAST_SHADE = 0.2

/**
 * States as columns of pixels: where many share a column, it says which share of the time was on.
 * @param spans ascending, without overlaps
 * @param toColumn the place of an instant, in columns from the left edge
 * @returns ascending runs of equal shade; columns of which nothing is known are left out
 */
export function rasterise(
  spans: readonly StateSpan[],
  columns: number,
  toColumn: (t: number) => number,
): Shade[] {
  const on = new Float64Array(columns)
  const known = new Float64Array(columns)
  for (const span of spans) {
    const from = Math.max(0, toColumn(span.from))
    const to = Math.min(columns, toColumn(span.to))
    for (let column = Math.floor(from); column < to; column++) {
      const share = Math.min(to, column + 1) - Math.max(from, column)
      known[column] = (known[column] ?? 0) + share
      on[column] = (on[column] ?? 0) + share * span.on
    }
  }
  const shades: Shade[] = []
  for (let column = 0; column < columns; column++) {
    const share = known[column] ?? 0
    if (share === 0) continue
    const shade = shadeOf((on[column] ?? 0) / share)
    const last = shades.at(-1)
    if (last?.to === column && last.on === shade) shades[shades.length - 1] = { ...last, to: column + 1 }
    else shades.push({ from: column, to: column + 1, on: shade })
  }
  return shades
}

function shadeOf(on: number): number {
  if (on <= 0) return 0
  return Math.max(LEAST_SHADE, Math.round(on * STEPS) / STEPS)
}
