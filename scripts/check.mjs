/** `npm run check`: types, lint, formatting, layers and dead code. Runs all of them, then fails if any did. */
import { ensureInstalled } from './lib/install.mjs'
import { node24 } from './lib/node24.mjs'
import { run, tool, toolEnv } from './lib/run.mjs'
import { fail, say, took } from './lib/say.mjs'

/** dependency-cruiser passes with 0 modules when it can't read TypeScript: fewer than this can't be all. */
const FEWEST_MODULES = 50

await ensureInstalled()
const env = toolEnv(node24())
const failures = []

for (const project of [
  'packages/protocol',
  'packages/client',
  'packages/server',
  'packages/web',
  'tsconfig.json',
]) {
  await check(`Types: ${project}`, 'tsc', ['-p', project])
}
await check('Lint', 'oxlint', ['--quiet'])
await check('Formatting', 'oxfmt', ['--check', '.'])
await check(
  'Layers',
  'depcruise',
  ['packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  (output) => {
    const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0)
    return modules > FEWEST_MODULES ? null : `only ${modules} modules were seen: TypeScript was not read`
  },
)
await check('Dead code', 'knip', [])

if (failures.length > 0) fail(`Failed: ${failures.join(', ')}.`)
say('\nAll checks passed.')

/** `inspect` may find fault with the output of a run that passed: it gives the fault, or null. */
async function check(heading, name, args, inspect = () => null) {
  const start = performance.now()
  const { code, output } = await run(tool(name), args, { env, quiet: true })
  const fault = code === 0 ? inspect(output) : `exit code ${code}`
  say(`${fault === null ? '✓' : '✗'} ${heading} (${took(start)})`)
  if (fault === null) return
  failures.push(heading)
  say(`${output.trimEnd()}\n${fault}\n`)
}
