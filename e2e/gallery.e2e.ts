import { afterAll, beforeAll, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { TestBrowser } from './drivers/browser.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** All pictures of a camera, a hundred thousand of them. Their list is made up: the browser's work is what counts. */

const COUNT = 100_000
const PAGE = 1000
const MINUTE = 60_000
const FROM = Date.UTC(2026, 0, 1)
/** As many as a large screen shows, and some above and below. */
const MOST_BUTTONS = 150

let browser: TestBrowser
let server: TestServer
let sha1 = ''
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  const account = await server.account()
  const device = await account.sensor('greenhouse', ['cam1:image'])
  for (const minute of [0, COUNT - 1])
    await device.raw('cam1', FROM + minute * MINUTE, await jpeg(320, 240, 1))
  const { images } = await account.client.images('greenhouse')
  sha1 = images[0]?.image ?? ''
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

it(
  'a hundred thousand pictures scroll with few of them in the page, and few requests',
  { timeout: 180_000 },
  async () => {
    await using user = await browser.open(server.url)
    let lists = 0
    let thumbs = 0
    await user.page.route(/\/sensors\/greenhouse\/images\?.*limit=1000/, (route) => {
      lists++
      const start = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0)
      const images = Array.from({ length: PAGE }, (_, i) => ({
        timestamp: FROM + (start + i) * MINUTE,
        image: sha1,
        type: 'image/jpeg',
        width: 320,
        height: 240,
        bytes: 5000,
        damaged: false,
      }))
      return route.fulfill({ json: { images, next: start + PAGE < COUNT ? String(start + PAGE) : null } })
    })
    user.page.on('request', (request) => {
      if (request.url().includes('size=thumb')) thumbs++
    })
    await user.openSignedIn(`/sensors/greenhouse?from=${FROM}&to=${FROM + COUNT * MINUTE}`, ADMIN)
    await user.button('Pictures of cam1').click()
    await user.dialog.waitFor()
    const pictures = user.dialog.locator('[data-picture]')
    await pictures.first().waitFor()
    expect(lists).toBe(1)
    expect(await pictures.count()).toBeLessThan(MOST_BUTTONS)

    // To the end, again and again, until all hundred pages are there.
    const before = thumbs
    for (let last = -1; last < COUNT - 1;) {
      await pictures.first().focus()
      await user.page.keyboard.press('End')
      await user.page.waitForTimeout(20)
      expect(await pictures.count()).toBeLessThan(MOST_BUTTONS)
      last = Number(await pictures.last().getAttribute('data-picture'))
    }
    expect(lists).toBe(COUNT / PAGE)
    // One and the same picture: the browser has it already.
    expect(thumbs - before).toBeLessThan(COUNT / 10)

    // A picture opens in full, and Back leads to where one was.
    await user.page.keyboard.press('Enter')
    await user.button('Previous picture').waitFor()
    await user.page.goBack()
    await pictures.first().waitFor()
    await user.page.waitForFunction(
      (index) => document.querySelector(`[data-picture="${index}"]`) !== null,
      COUNT - 1,
    )
    await user.page.goBack()
    await user.dialog.waitFor({ state: 'detached' })
    expect(user.errors).toEqual([])
  },
)
