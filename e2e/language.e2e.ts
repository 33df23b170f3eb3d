import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestBrowser } from './drivers/browser.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** The web app in the reader's language, and as a program on their device. */

const NOON = Date.UTC(2026, 5, 1, 12)

let browser: TestBrowser
let server: TestServer
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  const account = await server.account()
  const device = await account.sensor('greenhouse', ['temp:scalar:celsius', 'door:boolean'])
  await device.lines(
    Array.from({ length: 60 }, (_, i) => ({
      timestamp: NOON - i * 60_000,
      data: { temp: 1234.5 + i, door: i % 20 < 5 },
    })),
  )
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const VIEW = `/sensors/greenhouse?from=${NOON - 3_600_000}&to=${NOON + 60_000}&t=${NOON}`

describe('the language', () => {
  it("is that of the browser, with the reader's dates and numbers", async () => {
    await using user = await browser.open(server.url, { locale: 'de-DE' })
    await user.goTo('/sign-in')
    await user.seesPage('Anmelden')
    await user.field('E-Mail').fill(ADMIN.email)
    await user.field('Passwort').fill(ADMIN.password)
    await user.button('Anmelden').click()
    await user.seesPage('Sensoren')
    expect(await user.page.locator('html').getAttribute('lang')).toBe('de')

    await user.goTo(VIEW)
    await user.button('Neu laden').waitFor()
    await user.sees(/1\.234,5/)
    expect(user.errors).toEqual([])
  })

  it('is English where we lack the reader’s', async () => {
    await using user = await browser.open(server.url, { locale: 'fr-FR' })
    await user.goTo('/sign-in')
    await user.seesPage('Sign in')
    expect(await user.page.locator('html').getAttribute('lang')).toBe('en')
  })

  it('is English where the browser has none that it knows, as in a kiosk without a locale', async () => {
    await using user = await browser.open(server.url)
    await user.page.addInitScript(() => {
      const unknown = { language: 'en-US@posix', languages: ['en-US@posix'] }
      for (const [name, value] of Object.entries(unknown)) {
        Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true })
      }
    })
    await user.openSignedIn(VIEW, ADMIN)
    await user.sees(/1,234\.5/)
    expect(user.errors).toEqual([])
  })

  it('can be chosen on the account page, and is kept', async () => {
    await using user = await browser.open(server.url)
    await user.openSignedIn('/account', ADMIN)
    await user.field('Deutsch').click()
    await user.seesPage('Konto')
    // Whoever uses the keyboard goes on from there.
    const focused = () => user.page.evaluate(() => document.activeElement?.parentElement?.textContent)
    await expect.poll(focused).toBe('Deutsch')

    await user.page.reload()
    await user.seesPage('Konto')
    await user.field('Wie der Browser').click()
    await user.seesPage('Account')
    expect(user.errors).toEqual([])
  })

  it('never flashes another one first', async () => {
    await using user = await browser.open(server.url, { locale: 'de' })
    await user.page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(globalThis, { seenHeadings: seen })
      new MutationObserver(() => {
        const heading = document.querySelector('h1')?.textContent
        if (heading !== undefined && heading !== seen.at(-1)) seen.push(heading)
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await user.goTo('/sign-in')
    await user.seesPage('Anmelden')
    expect(
      await user.page.evaluate(() => (globalThis as unknown as { seenHeadings: string[] }).seenHeadings),
    ).toEqual(['Anmelden'])
  })

  it('of an error is that of the page', async () => {
    await using user = await browser.open(server.url, { locale: 'de' })
    await user.goTo('/sign-in')
    await user.field('E-Mail').fill(ADMIN.email)
    await user.field('Passwort').fill('not the password')
    await user.button('Anmelden').click()
    await user.sees('E-Mail oder Passwort stimmt nicht.')
  })
})

describe('the installed app', () => {
  it('can be installed, and opens at the sensors', async () => {
    await using user = await browser.open(server.url)
    await user.goTo('/sign-in')
    await user.seesPage('Sign in')
    const session = await user.page.context().newCDPSession(user.page)
    const { errors, manifest } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(manifest).toMatchObject({ id: `${server.url}/`, startUrl: `${server.url}/sensors` })
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // Test windows have nothing of a profile.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
      [],
    )
  })

  it('has icons of the sizes that it says, some of which may be cut to a circle', async () => {
    await using user = await browser.open(server.url)
    const response = await user.page.request.get('/manifest.webmanifest')
    expect(response.headers()['content-type']).toContain('application/manifest+json')
    const { icons, shortcuts } = (await response.json()) as {
      icons: { src: string; sizes: string; type: string; purpose: string }[]
      shortcuts: { url: string }[]
    }
    expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']))
    await user.goTo('/sign-in')
    for (const { src, sizes, type } of icons) {
      expect((await user.page.request.get(src)).headers()['content-type']).toContain(type)
      const width = await user.page.evaluate(async (address) => {
        const image = new Image()
        image.src = address
        await image.decode()
        return image.naturalWidth
      }, src)
      if (sizes !== 'any') expect(`${width}x${width}`).toBe(sizes)
    }
    expect(shortcuts.map(({ url }) => url)).toContain('/sensors')
  })
})
