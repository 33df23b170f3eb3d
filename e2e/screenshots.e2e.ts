import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { describePicture, withPalette } from '../packages/server/src/testing/test-images.ts'
import { TestBrowser } from './drivers/browser.ts'
import { Cli } from './drivers/cli.ts'
import { root } from './drivers/program.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** The README's pictures, of the demo's data. `npm run screenshots` puts them into docs/images. */
const TARGET = process.env['SENIO_SCREENSHOTS']

const MOST_BYTES = 300_000
const HOUR = 3_600_000
const VIEWPORT = { width: 1280, height: 800 }

let browser: TestBrowser
let server: TestServer
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  await new Cli(server.dataDir).json(['demo', '--owner', ADMIN.email, '--days', '3'])
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

it.each(['light', 'dark'] as const)('the view of the demo can be shown, in the %s', async (colorScheme) => {
  const directory = TARGET === undefined ? await temporary() : resolve(root, TARGET)
  await using user = await browser.open(server.url, { colorScheme, timezoneId: 'UTC', viewport: VIEWPORT })
  // Two whole days, and a cursor at the second noon.
  const to = Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR
  const view = `/sensors/greenhouse?from=${to - 48 * HOUR}&to=${to}&t=${to - 11.5 * HOUR}`
  await user.openSignedIn(view, ADMIN)
  const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
  await film.getByRole('button').nth(4).waitFor()
  await user.sees('at the cursor')
  await user.settled()

  const file = join(directory, `view-${colorScheme}.png`)
  await writeFile(file, await withPalette(await user.page.screenshot()))

  const bytes = await readFile(file)
  expect(bytes.length).toBeLessThan(MOST_BYTES)
  const { width, height, brightness } = await describePicture(bytes)
  expect({ width, height }).toEqual(VIEWPORT)
  expect(brightness > 128 ? 'light' : 'dark').toBe(colorScheme)
  expect(user.errors).toEqual([])
})

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-screenshots-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}
