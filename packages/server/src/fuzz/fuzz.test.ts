import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { fuzzTargets } from './targets/index.ts'

/** How many inputs a test tries; `npm run fuzz` tries as many as there is time for. */
const RUNS: Readonly<Record<string, string>> = { routes: '700', restore: '700', http: '500' }
const USUAL_RUNS = '2500'

/** In a process of its own: collecting coverage takes longer the more code is loaded. */
async function runModule(module: string, call: string): Promise<string> {
  const script = `import(${JSON.stringify(new URL(module, import.meta.url))}).then(${call})`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]).catch((error: unknown) => {
    throw new Error(String((error as { readonly stdout?: string }).stdout), { cause: error })
  })
  return stdout
}

it.each(Object.keys(fuzzTargets))(
  '%s keeps its promises, whatever it is given',
  { timeout: 180_000 },
  async (name) => {
    const args = ['--target', name, '--runs', RUNS[name] ?? USUAL_RUNS, '--seed', '1', '--minutes', '2']
    const call = `async ({ main }) => { process.exitCode = await main(${JSON.stringify(args)}) }`
    expect(await runModule('./main.ts', call)).toContain('runs')
  },
)

it('finds what random bytes would not, and the same for the same seed', { timeout: 180_000 }, async () => {
  // In a process each: code that was optimised before tells less.
  const call = 'async ({ findLock }) => console.log(await findLock(1))'
  const first = await runModule('./testing/find-lock.ts', call)
  const second = await runModule('./testing/find-lock.ts', call)
  expect(first).toMatch(/^OPEN/)
  expect(second).toBe(first)
})
