/** `npm run bench:overload`: installs and builds like `npm start`, then sends it more than it can take. */
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../scripts/lib/build.mjs'
import { ensureInstalled } from '../../scripts/lib/install.mjs'
import { node24 } from '../../scripts/lib/node24.mjs'
import { run } from '../../scripts/lib/run.mjs'

await ensureInstalled()
const node = node24()
if (node === process.execPath) {
  if (!process.argv.includes('--help') && !process.argv.includes('-h')) await ensureBuilt(node)
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const { code } = await run(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  process.exitCode = code
}
