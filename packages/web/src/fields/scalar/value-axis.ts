/** 1, 2 or 5 times a power of ten. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Below this, differences are noise of floating-point numbers. */
const LEAST_RELATIVE_SPAN = 1e-9
/** Sums and differences of larger numbers would not be finite. */
export const LARGEST_DRAWN = 1e300
const MARGIN = 0.06

/** The shown range of a value axis for values from `min` to `max`: with some room, never empty. */
export function valueRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1]
  const size = Math.max(Math.abs(min), Math.abs(max))
  const span = max - min
  if (span <= size * LEAST_RELATIVE_SPAN) {
    const half = size === 0 ? 1 : Math.max(size * 0.05, Number.MIN_VALUE)
    return [min - half, max + half]
  }
  const low = min - span * MARGIN
  const high = max + span * MARGIN
  // What can't be negative shouldn't look as if it could.
  return [min >= 0 && low < 0 ? 0 : low, max <= 0 && high > 0 ? 0 : high]
}
