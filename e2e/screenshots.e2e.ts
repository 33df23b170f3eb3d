import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { describePicture, withPalette } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { TestBrowser } from './drivers/browser.ts'
import { Cli } from './drivers/cli.ts'
import { root } from './drivers/program.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** The pictures of README and guide, of the demo's data. `npm run screenshots` puts them into docs/images. */
const TARGET = process.env['SENIO_SCREENSHOTS']

const MOST_BYTES = 150_000
const HOUR = 3_600_000
const VIEWPORT = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

let browser: TestBrowser
let server: TestServer
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  await new Cli(server.dataDir).json(['demo', '--owner', ADMIN.email, '--days', '3'])
  // Keograms are made of thumbs, and thumbs after the pictures came.
  const account = await server.account()
  const { images } = await account.client.images('greenhouse', { limit: 1000 })
  for (const { image } of images) await account.image('greenhouse', image, 'thumb')
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

interface Shot {
  readonly name: string
  readonly dark?: boolean
  /** 360 px, by touch. */
  readonly phone?: boolean
  /** Goes to what is to be seen. Two whole days, and a cursor at the second noon. */
  readonly show: (user: AppPage, view: string, to: number) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'view-light', show: showView },
  { name: 'view-dark', dark: true, show: showView },
  {
    name: 'phone',
    phone: true,
    async show(user, view) {
      await user.openSignedIn(view, ADMIN)
      await user.sees('at the cursor')
    },
  },
  {
    name: 'keogram',
    async show(user, view) {
      await showView(user, view)
      await user.button('cam1 as a keogram').click()
      await user.page.getByRole('img', { name: /^Keogram of cam1/ }).waitFor()
      await user.page.mouse.move(0, 0)
    },
  },
  {
    name: 'gallery',
    async show(user, view) {
      await showView(user, view)
      await user.button('Pictures of cam1').click()
      await user.dialog.locator('[data-picture]').nth(12).waitFor()
      // Full of pictures, and so a large file.
      await user.page.setViewportSize({ width: 800, height: 500 })
      await user.page.mouse.move(0, 0)
    },
  },
  {
    name: 'composed-view',
    async show(user, view) {
      await user.openSignedIn('/views', ADMIN)
      await user.page
        .getByRole('main')
        .getByRole('link', { name: /greenhouse and its weather/ })
        .first()
        .click()
      await user.button('Play').waitFor()
      await user.goTo(`${new URL(user.page.url()).pathname}?${view.split('?')[1] ?? ''}`)
      await user.page
        .getByRole('list', { name: /^Pictures of/ })
        .getByRole('button')
        .nth(4)
        .waitFor()
      await user.sees('at the cursor')
    },
  },
  {
    name: 'compare',
    dark: true,
    async show(user, view, to) {
      await user.openSignedIn(`${view}&image=cam1&compare=${to - 35.5 * HOUR}&how=slider`, ADMIN)
      await user.sees(/apart/)
    },
  },
  {
    name: 'viewer',
    dark: true,
    async show(user, view) {
      await user.openSignedIn(`${view}&image=cam1`, ADMIN)
      await user.button('Previous picture').waitFor()
    },
  },
]

it.each(shots)('$name can be shown', async ({ name, dark = false, phone = false, show }) => {
  const directory = TARGET === undefined ? await temporary() : resolve(root, TARGET)
  await using user = await browser.open(server.url, {
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'UTC',
    viewport: phone ? PHONE : VIEWPORT,
    ...(phone ? { isMobile: true, hasTouch: true } : {}),
  })
  const to = Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR
  await show(user, `/sensors/greenhouse?from=${to - 48 * HOUR}&to=${to}&t=${to - 11.5 * HOUR}`, to)
  await user.settled()

  const file = join(directory, `${name}.png`)
  await writeFile(file, await withPalette(await user.page.screenshot()))

  const bytes = await readFile(file)
  expect(bytes.length).toBeLessThan(MOST_BYTES)
  const { width, height, brightness } = await describePicture(bytes)
  expect({ width, height }).toEqual(user.page.viewportSize())
  // Full pictures stand on dark ground in both, and gardens are green.
  if (name.startsWith('view-')) expect(brightness > 128 ? 'light' : 'dark').toBe(dark ? 'dark' : 'light')
  expect(user.errors).toEqual([])
})

async function showView(user: AppPage, view: string): Promise<void> {
  await user.openSignedIn(view, ADMIN)
  const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
  await film.getByRole('button').nth(4).waitFor()
  await user.sees('at the cursor')
}

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-screenshots-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}
