/** A reproducible random number from 0 to before 1 for a place on a line. */
export function randomAt(seed: number, place: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place | 0, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** A smooth line through random points, one a unit of `x`; from 0 to 1. */
export function smoothNoise(seed: number, x: number): number {
  const left = Math.floor(x)
  const weight = (1 - Math.cos((x - left) * Math.PI)) / 2
  return randomAt(seed, left) * (1 - weight) + randomAt(seed, left + 1) * weight
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

/** Rounded as the display of a cheap instrument rounds: `digits` after the point. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
