/**
 * `npm test`: installs and builds like `npm start`, then runs the unit tests and the end-to-end tests in a real
 * browser. Arguments go to both runs of vitest: `npm test -- publish`, `npm test -- -t "damaged"`.
 * The last line is the sum: `N passed, N failed`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './lib/browser.mjs'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { node24 } from './lib/node24.mjs'
import { inRoot } from './lib/paths.mjs'
import { run, toolEnv } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { addCounts, countLine, countTests, noTests } from './lib/test-counts.mjs'

const E2E_CONFIG = 'e2e/vitest.config.ts'

/** Threads and processes that tests start would otherwise compile TypeScript anew each time. */
const compileCache = inRoot('node_modules', '.cache', 'senio-test-code')

await ensureInstalled()
const node = node24()
await ensureBuilt(node)

const reports = mkdtempSync(join(tmpdir(), 'senio-test-'))
try {
  let counts = await vitest('Unit tests', [])
  if (existsSync(inRoot(...E2E_CONFIG.split('/')))) {
    const browser = await ensureBrowser()
    const e2e = await vitest('End-to-end tests', ['--config', E2E_CONFIG], { SENIO_TEST_BROWSER: browser })
    counts = addCounts(counts, e2e)
  }
  const ran = counts.passed + counts.failed > 0
  if (!ran) say('No test ran: nothing matches the arguments.')
  process.exitCode = ran && counts.failed === 0 ? 0 : 1
  say(countLine(counts))
} finally {
  rmSync(reports, { recursive: true, force: true })
}

async function vitest(heading, args, env = {}) {
  say(`\n— ${heading} —`)
  const report = join(reports, `${heading.toLowerCase().replaceAll(' ', '-')}.json`)
  const { code } = await run(
    node,
    [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...args,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    { env: toolEnv(node, { SENIO_TEST_NODE: node, NODE_COMPILE_CACHE: compileCache, ...env }) },
  )
  const counts = existsSync(report) ? countTests(JSON.parse(readFileSync(report, 'utf8'))) : noTests
  if (code === 0 || counts.failed > 0) return counts
  say(`${heading}: the run itself failed (exit code ${code}); this counts as one failure.`)
  return addCounts(counts, { ...noTests, failed: 1 })
}
