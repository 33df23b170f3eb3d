import { ensureBrowser } from '../scripts/lib/browser.mjs'
import { ensureBuilt } from '../scripts/lib/build.mjs'
import { node24 } from '../scripts/lib/node24.mjs'

/** What the end-to-end tests need before the first of them; in seconds when it is there already. */
export async function setup() {
  const node = node24()
  await ensureBuilt(node)
  process.env.SENIO_TEST_NODE = node
  process.env.SENIO_TEST_BROWSER = await ensureBrowser()
}
