import { fuzz } from '../fuzz.ts'
import type { FuzzTarget } from '../fuzz-target.ts'

/** Breaks on "OPEN", which it compares letter by letter; a word of the dictionary helps with one of them. */
const lock: FuzzTarget = {
  name: 'lock',
  modules: ['find-lock.ts'],
  dictionary: Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i)),
  seeds: async () => [Buffer.from('....')],
  run(input) {
    if (input[0] !== 0x4f) return
    if (input[1] !== 0x50) return
    if (input[2] !== 0x45) return
    if (input[3] !== 0x4e) return
    throw new Error('open')
  },
}

/** @returns the input that opens it; empty when none was found */
export async function findLock(seed: number): Promise<string> {
  const goesOn = (runs: number): boolean => runs < 100_000
  const { failure } = await fuzz(lock, { seed, corpus: [], goesOn, maxTime: Infinity })
  return Buffer.from(failure?.input ?? [])
    .toString('latin1')
    .slice(0, 4)
}
