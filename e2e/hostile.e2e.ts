import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { TestBrowser } from './drivers/browser.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

let browser: TestBrowser
beforeAll(async () => {
  browser = await TestBrowser.launch()
})
afterAll(() => browser.close())

describe('markup that somebody else chose', () => {
  // Short enough for a unit.
  const MARKUP = '<img src=q onerror=alert(1)>'
  const SCRIPT = '"><script>alert(1)</script><svg onload=alert(2)>'

  it('is text on every page', { timeout: 180_000 }, async () => {
    await using server = await TestServer.start()
    const { client, ...account } = await made(server)
    const device = await account.sensor('greenhouse', [`temp:scalar:${MARKUP}`, 'cam1:image'])
    const timestamp = Date.now() - 60_000
    const tags = { [MARKUP]: SCRIPT, 'javascript:alert(1)': MARKUP }
    const picture = await jpeg(64, 48, 1)
    await device.json({ timestamp: timestamp - 60_000, data: { temp: 20 }, tags: [MARKUP, SCRIPT] })
    expect((await device.multipart({ timestamp, data: { temp: 21 }, tags }, { cam1: picture })).status).toBe(
      201,
    )
    await client.notes.create('greenhouse', { from: timestamp, text: SCRIPT })
    const panels = [{ columns: 12, rows: 4, fields: [{ sensor: 'greenhouse', field: 'temp' }] }]
    const view = await client.views.create({ name: SCRIPT, panels })
    await client.keys.create('greenhouse', { label: MARKUP })
    await client.tokens.create({ label: SCRIPT })

    await using user = await browser.open(server.url)
    const opened: string[] = []
    let shown = ''
    user.page.on('dialog', (dialog) => {
      opened.push(dialog.message())
      void dialog.dismiss()
    })
    await user.openSignedIn('/sensors', ADMIN)
    for (const path of [
      '/sensors',
      '/sensors/greenhouse',
      `/sensors/greenhouse?tag=${encodeURIComponent(MARKUP)}`,
      '/sensors/greenhouse/connect',
      '/sensors/greenhouse/settings',
      '/views',
      `/views/${view.id}`,
      `/views/${view.id}/edit`,
      '/account',
      `/sensors/${encodeURIComponent(SCRIPT)}`,
      `/sign-in?next=javascript:alert(1)`,
    ]) {
      await user.goTo(path)
      await user.page.waitForLoadState('load')
      await user.page.locator('h1').first().waitFor()
      await user.settled()
      shown += await user.page.locator('body').innerText()
      const made = await user.page.evaluate(
        () =>
          document.querySelectorAll('img[src="q"], svg[onload], [onerror], a[href^="javascript:"]').length,
      )
      expect([path, made]).toEqual([path, 0])
    }
    expect(opened).toEqual([])
    expect([MARKUP, SCRIPT].filter((text) => !shown.includes(text))).toEqual([])
    // A breach of the policy would be told on the console.
    expect(user.errors).toEqual([])
  })

  /** The account of a server, and its client. */
  async function made(server: TestServer) {
    const account = await server.account()
    return { client: account.client, sensor: account.sensor.bind(account) }
  }
})

describe('a secret in the browser', () => {
  it('is kept nowhere but in the cookie that scripts cannot read', { timeout: 120_000 }, async () => {
    await using server = await TestServer.start()
    await server.account()
    await using user = await browser.open(server.url)
    const addresses: string[] = []
    user.page.on('request', (request) => addresses.push(request.url()))
    await user.openSignedIn('/sensors', ADMIN)
    await user.createSensor('greenhouse', [{ name: 'temp', type: 'Number', unit: 'celsius' }])
    const key = await user.copy('Copy the device key')
    const session = (await user.page.context().cookies()).find(({ name }) => name.endsWith('senio_session'))
    const secrets = { key, password: ADMIN.password, session: session?.value ?? '' }
    expect(Object.values(secrets).filter((secret) => secret.length < 8)).toEqual([])
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })

    await user.goTo('/sensors/greenhouse')
    await user.seesPage('greenhouse')
    await user.goTo('/sensors/greenhouse/settings')
    await user.settled()
    const kept = await whatIsKept(user)
    const places = { ...kept, addresses: addresses.join('\n'), page: await user.page.content() }
    const found = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(secrets)
        .filter(([, secret]) => text.includes(secret))
        .map(([name]) => `${name} in ${place}`),
    )
    expect(found).toEqual([])
    // Nothing may be in a database: the app has none.
    expect(kept['databases']).toBe('')
    // It would have been found.
    expect(places.addresses).toContain('/api/v1/sensors')
  })
})

/** Everything that a page may keep, as text. */
function whatIsKept(user: AppPage): Promise<Record<string, string>> {
  return user.page.evaluate(async () => {
    const cached: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        const headers = JSON.stringify([...request.headers, ...(answer?.headers ?? [])])
        const isText = /json|text|javascript/.test(answer?.headers.get('content-type') ?? '')
        cached.push(request.url, headers, isText ? ((await answer?.text()) ?? '') : '')
      }
    }
    const databases: string[] = []
    for (const { name } of await indexedDB.databases()) databases.push(name ?? '')
    return {
      cookies: document.cookie,
      'local storage': JSON.stringify(localStorage),
      'session storage': JSON.stringify(sessionStorage),
      caches: cached.join('\n'),
      databases: databases.join('\n'),
      history: JSON.stringify(history.state) + location.href,
    }
  })
}
