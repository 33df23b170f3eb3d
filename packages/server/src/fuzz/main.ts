import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCorpus, writeCorpus } from './corpus.ts'
import { fuzz } from './fuzz.ts'
import { fuzzTargets } from './targets/index.ts'

const HELP = `npm run fuzz -- [--target NAME] [--minutes 1] [--runs N] [--seed N] [--keep]

  --target   one of them; all by default: TARGETS
  --minutes  for each target
  --runs     how many inputs at most, for each target
  --seed     a whole number; by default another each time
  --keep     replaces the corpus in the repository by what was found
`
/** Milliseconds of the processor that one input may take: far more than any needs. */
const MAX_TIME = 5_000
/** Inputs kept in the repository, for each target. */
const MAX_KEPT = 150
const MAX_KEPT_LENGTH = 600

/** Fuzzes for as long as was asked for. @returns the exit code: 1 when a promise was broken */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: 'string' },
      minutes: { type: 'string', default: '1' },
      runs: { type: 'string', default: 'Infinity' },
      seed: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const names = Object.keys(fuzzTargets)
  const chosen = Object.entries(fuzzTargets).filter(
    ([name]) => values.target === undefined || values.target === name,
  )
  if (values.help || chosen.length === 0) {
    process.stdout.write(HELP.replace('TARGETS', names.join(', ')))
    return values.help ? 0 : 1
  }
  let code = 0
  for (const [, load] of chosen) {
    const target = await load()
    const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
    const end = performance.now() + Number(values.minutes) * 60_000
    const say = (text: string): void => void process.stdout.write(`${target.name}: ${text}\n`)
    const result = await fuzz(target, {
      seed,
      corpus: await readCorpus(target.name),
      goesOn: (runs) => runs < Number(values.runs) && performance.now() < end,
      maxTime: MAX_TIME,
      onProgress: ({ runs, inputs, places }) => say(`${runs} runs, ${inputs} inputs, ${places} places`),
    })
    await target.close?.()
    say(`${result.runs} runs, ${result.corpus.length} inputs, ${result.places} places, seed ${seed}`)
    if (result.failure !== null) {
      const file = join(tmpdir(), `senio-fuzz-${target.name}`)
      await writeFile(file, result.failure.input)
      say(`a promise was broken; the input is in ${file}`)
      process.stdout.write(`${String(result.failure.error)}\n`)
      code = 1
    } else if (values.keep) {
      const small = result.corpus.filter(({ length }) => length <= MAX_KEPT_LENGTH)
      await writeCorpus(target.name, small.slice(-MAX_KEPT))
    }
  }
  return code
}
