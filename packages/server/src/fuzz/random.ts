/** A source of numbers that gives the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 to before `limit`. */
  below(limit: number): number
}

/** Mulberry32: small, and good enough to mutate bytes by. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit)
    },
  }
}
