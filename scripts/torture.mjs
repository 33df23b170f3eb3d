/**
 * `npm run torture`: crashes, power cuts and failing disks for as long as it is told to, each held against a ledger of what
 * was acknowledged: `npm run torture -- --cycles 1000 --seed 1 --report /tmp/torture`; see docs/durability.md.
 */
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { node24 } from './lib/node24.mjs'
import { run } from './lib/run.mjs'

await ensureInstalled()
const node = node24()
if (node === process.execPath) {
  await ensureBuilt(node)
  process.env.SENIO_TEST_NODE = node
  const { main } = await import('../e2e/torture/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const { code } = await run(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  process.exitCode = code
}
