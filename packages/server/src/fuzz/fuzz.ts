import { Coverage } from './coverage.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { mutate } from './mutate.ts'
import { seededRandom } from './random.ts'

export interface FuzzOptions {
  readonly seed: number
  /** Inputs kept from earlier, beside the target's seeds. */
  readonly corpus: readonly Uint8Array[]
  /** Asked before each input; `runs` is how many there were. */
  readonly goesOn: (runs: number) => boolean
  /** Milliseconds of the processor that one input may take; Infinity where nothing is to be said about time. */
  readonly maxTime: number
  /** Told now and then. */
  readonly onProgress?: (state: {
    readonly runs: number
    readonly inputs: number
    readonly places: number
  }) => void
}

export interface FuzzResult {
  readonly runs: number
  /** Places of the code that were reached. */
  readonly places: number
  /** Inputs of which each reaches what those before it don't. */
  readonly corpus: readonly Uint8Array[]
  /** Null when every promise was kept. */
  readonly failure: { readonly input: Uint8Array; readonly error: unknown } | null
}

const PROGRESS_EVERY = 20_000

/**
 * Looks for an input that breaks a promise of the target: changes known inputs at random, and keeps those that reach
 * something new. Ends with the first failure. The same seed and corpus give the same inputs.
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzResult> {
  const random = seededRandom(options.seed)
  const coverage = new Coverage(target.modules)
  const known = new Set<string>()
  const corpus: Uint8Array[] = []
  let runs = 0

  const tryOut = async (input: Uint8Array): Promise<FuzzResult['failure']> => {
    const before = process.cpuUsage()
    try {
      await target.run(input)
    } catch (error) {
      return { input, error }
    }
    // Not by the clock: what else the machine does is not the input's doing.
    const { user, system } = process.cpuUsage(before)
    const time = (user + system) / 1000
    if (time > options.maxTime) return { input, error: new Error(`It took ${Math.round(time)} ms.`) }
    runs++
    const places = coverage.take()
    const knownBefore = known.size
    for (const place of places) known.add(place)
    if (known.size > knownBefore) corpus.push(input)
    return null
  }
  const result = (failure: FuzzResult['failure']): FuzzResult => ({
    runs,
    places: known.size,
    corpus,
    failure,
  })

  try {
    for (const input of [...(await target.seeds()), ...options.corpus]) {
      const failure = await tryOut(input)
      if (failure !== null) return result(failure)
    }
    while (options.goesOn(runs)) {
      // New ones first: what lies behind them is unknown yet.
      const recent = random.below(2) === 0 ? Math.max(0, corpus.length - 20) : 0
      const parent = corpus[recent + random.below(corpus.length - recent)] ?? new Uint8Array()
      const failure = await tryOut(mutate(parent, random, corpus, target.dictionary))
      if (failure !== null) return result(failure)
      if (runs % PROGRESS_EVERY === 0)
        options.onProgress?.({ runs, inputs: corpus.length, places: known.size })
    }
    return result(null)
  } finally {
    coverage.close()
  }
}
