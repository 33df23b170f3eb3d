/**
 * `npm run fuzz`: looks for inputs that break what Senio promises, for as long as it is told to:
 * `npm run fuzz -- --minutes 60 --target multipart`; `npm run fuzz -- --help` lists the targets.
 */
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './lib/install.mjs'
import { node24 } from './lib/node24.mjs'
import { run } from './lib/run.mjs'

await ensureInstalled()
const node = node24()
if (node === process.execPath) {
  const { main } = await import('../packages/server/src/fuzz/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const { code } = await run(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  process.exitCode = code
}
