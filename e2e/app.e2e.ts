import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { TestBrowser } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { sha1 } from './drivers/ledger.ts'
import { TestDevice } from './drivers/test-device.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

const MINUTE = 60_000

let browser: TestBrowser
let app: AppPage | undefined
beforeAll(async () => {
  browser = await TestBrowser.launch()
})
afterAll(() => browser.close())
afterEach(async () => {
  const errors = app?.errors ?? []
  await app?.close()
  app = undefined
  expect(errors).toEqual([])
})

async function open(url: string, options: Parameters<TestBrowser['open']>[1] = {}): Promise<AppPage> {
  app = await browser.open(url, options)
  return app
}

/** The key as the page shows it, alone in its line. */
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

describe('a new installation', () => {
  it('leads from the printed link to the first picture, live', async () => {
    await using server = await TestServer.start({ hasAccount: false })
    const user = await open(server.url)
    const { page } = user

    await user.goTo('/')
    await user.seesPage('Set up Senio')
    await user.goTo(server.setupPath)
    await user.seesPage('Welcome to Senio')
    await user.field('E-mail').fill(ADMIN.email)
    await user.field('Password').fill(ADMIN.password)
    await user.button('Create the account').click()

    await user.heading('Create your first sensor').waitFor()
    await user.createSensor('greenhouse', [
      { name: 'temp', type: 'Number', unit: 'celsius' },
      { name: 'cam1', type: 'Image' },
    ])
    const key = await user.copy('Copy the device key')
    expect(key).toMatch(KEY)
    const command = await user.copy('Copy: curl: Values')
    expect(command).toContain(`${server.url}/publish/greenhouse`)
    expect(command).toContain(`Bearer ${key}`)
    await user.sees('Waiting for the first measurement…')

    const device = new TestDevice(() => server.url, 'greenhouse', key)
    const pictures = await Promise.all([1, 2, 3].map((seed) => jpeg(640, 480, seed)))
    const now = Date.now()
    const published = []
    for (const [index, picture] of pictures.entries()) {
      const timestamp = now - (3 - index) * MINUTE
      published.push(await device.multipart({ timestamp, data: { temp: 20 + index } }, { cam1: picture }))
    }
    expect(published.map(({ status }) => status)).toEqual([201, 201, 201])
    await user.sees('The first measurement is here')
    await user.link('See the view').click()
    await user.seesPage('greenhouse')

    const film = page.getByRole('list', { name: 'Pictures of cam1' })
    await user.button('Hour').click()
    await user.sees('22 °C')
    // Live: the value and the picture of now come by themselves.
    const last = await jpeg(640, 480, 4)
    const answer = await device.multipart({ timestamp: Date.now(), data: { temp: 23.5 } }, { cam1: last })
    await user.sees('23.5 °C')
    await eventually(async () => {
      const sources = await film
        .locator('img')
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src))
      expect(sources.at(-1)).toContain(sha1(last))
    })

    await film.getByRole('button').last().click()
    await user.dialog.getByText('640 × 480 pixels, JPEG').waitFor()
    await user.dialog.getByText('23.5 °C').waitFor()
    const original = await user.download(user.link('Download original'))
    expect(answer.json).toMatchObject({ data: { cam1: original.sha1 } })
    expect(original.name).toMatch(/^greenhouse.*\.jpg$/)

    const shown = user.dialog.getByRole('img').first()
    const showsPicture = (bytes: Buffer) =>
      eventually(async () => expect(await shown.getAttribute('src')).toContain(sha1(bytes)))
    await showsPicture(last)
    await page.keyboard.press('ArrowLeft')
    await showsPicture(pictures[2] ?? last)
    await user.dialog.getByText('22 °C').waitFor()
    await page.keyboard.press('ArrowLeft')
    await showsPicture(pictures[1] ?? last)
    await page.keyboard.press('ArrowRight')
    await showsPicture(pictures[2] ?? last)
    await page.keyboard.press('Escape')
    await user.dialog.waitFor({ state: 'detached' })

    await user.link('Sensors').click()
    await user.seesPage('Sensors')
    const card = page.getByRole('listitem').filter({ has: user.heading('greenhouse') })
    await card.getByText('23.5 °C').waitFor()
  })
})

describe('signing in', () => {
  it('is refused with a wrong password, and then leads to where one wanted to go', async () => {
    await using server = await TestServer.start()
    await (await server.account()).sensor('rpi', ['temp:scalar'])
    const user = await open(server.url)
    await user.goTo('/sensors/rpi/settings')
    await user.signIn({ ...ADMIN, password: 'not the password' })
    await user.sees('The e-mail address or the password is wrong.')
    await user.signIn(ADMIN)
    await user.seesPage('Settings of rpi')

    await user.link(ADMIN.email).click()
    await user.button('Sign out').click()
    await user.seesPage('Sign in')
    await user.goTo('/sensors')
    await user.seesPage('Sign in')
  })

  it('can be ended for every other browser', async () => {
    await using server = await TestServer.start()
    const [user, other] = [await open(server.url), await open(server.url)]
    for (const one of [other, user]) await one.openSignedIn('/account', ADMIN)
    await user.page.reload()
    await user.sees('This browser')
    await user.button('Sign out everywhere else').click()
    await user.sees('You are signed out everywhere else')
    await user.button('Sign out everywhere else').waitFor({ state: 'detached' })
    await other.goTo('/sensors')
    await other.seesPage('Sign in')
    await user.goTo('/sensors')
    await user.seesPage('Sensors')
  })

  it('can be ended by an administrator for somebody else, everywhere', async () => {
    await using server = await TestServer.start()
    const bob = { email: 'bob@example.org', password: 'a password for bob' }
    const [user, other] = [await open(server.url), await open(server.url)]
    await user.openSignedIn('/account', ADMIN)
    await user.button('Add a person').click()
    await user.dialog.getByLabel('E-mail').fill(bob.email)
    await user.dialog.getByLabel('First password').fill(bob.password)
    await user.dialog.getByRole('button', { name: 'Add the person' }).click()
    await user.dialog.waitFor({ state: 'detached' })
    await other.openSignedIn('/sensors', bob)

    await user.button(`Sign ${bob.email} out everywhere`).click()
    await user.dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
    await user.sees(`${bob.email} is signed out everywhere`)
    await other.goTo('/sensors')
    await other.seesPage('Sign in')
    await other.signIn(bob)
    await other.seesPage('Sensors')
  })
})

describe("a sensor's settings", () => {
  it('change fields, keys and the name, and delete it', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', ['temp:scalar:celsius'])
    await device.json({ timestamp: Date.now(), data: { temp: 21 } })
    const user = await open(server.url)
    await user.openSignedIn('/sensors/rpi/settings', ADMIN)

    await user.button('Edit temp').click()
    await user.dialog.getByLabel('Name', { exact: true }).fill('air')
    await user.fillUnit(user.dialog, 'kelvin')
    await user.dialog.getByRole('button', { name: 'Save' }).click()
    await user.sees('air is changed')
    await user.button('Add a field').click()
    await user.dialog.getByLabel('Name', { exact: true }).fill('door')
    await user.dialog.getByLabel('Type').click()
    await user.page.getByRole('option', { name: /^On or off/ }).click()
    await user.dialog.getByRole('button', { name: 'Add the field' }).click()
    await user.sees('door is added')
    await user.button('Move door up').click()
    await eventually(async () =>
      expect((await account.client.sensors.get('rpi')).fields).toEqual({
        door: { type: 'boolean', unit: '' },
        air: { type: 'scalar', unit: 'kelvin' },
      }),
    )
    expect(Object.keys((await account.client.sensors.get('rpi')).fields)).toEqual(['door', 'air'])
    expect(await account.measurements('rpi')).toMatchObject([{ data: { air: 21 } }])

    await user.button('New device key').click()
    await user.dialog.getByLabel('Label').fill('spare')
    await user.dialog.getByRole('button', { name: 'Create' }).click()
    const second = new TestDevice(() => server.url, 'rpi', await user.copy('Copy the device key'))
    await user.button('I have copied it').click()
    expect((await second.json({ timestamp: Date.now(), data: { door: true } })).status).toBe(201)
    await user.button(/^Revoke.*spare/).click()
    await user.dialog.getByRole('button', { name: 'Revoke the key' }).click()
    await user.sees('The device key is revoked')
    expect((await second.json({ timestamp: Date.now(), data: { door: true } })).status).toBe(403)

    await user.field('Name of the sensor').fill('roof')
    await user.button('Rename').click()
    await user.seesPage('Settings of roof')
    expect((await account.client.sensors.get('roof')).name).toBe('roof')

    await user.button('Delete the sensor…').click()
    const confirm = user.dialog.getByRole('button', { name: 'Delete the sensor' })
    expect(await confirm.isEnabled()).toBe(false)
    await user.dialog.getByLabel('Type “roof” to confirm').fill('roof')
    await confirm.click()
    await user.heading('Create your first sensor').waitFor()
    expect((await account.client.sensors.list()).sensors).toEqual([])
  })
})

describe('the view', () => {
  it('comes back by itself after a restart of the server', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', ['temp:scalar:celsius'])
    await device.json({ timestamp: Date.now() - MINUTE, data: { temp: 21 } })
    const user = await open(server.url)
    await user.openSignedIn('/sensors/rpi', ADMIN)
    await user.sees('21 °C')
    await server.restart()
    await device.json({ timestamp: Date.now(), data: { temp: 24.5 } })
    await user.sees('24.5 °C')
    // While it was away, requests and the stream failed: the browser says so.
    user.errors.length = 0
  })

  it('keeps range and cursor in its address', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', ['temp:scalar:celsius', 'cam1:image'])
    const start = Date.UTC(2024, 4, 1)
    await device.lines(
      Array.from({ length: 200 }, (_, i) => ({ timestamp: start + i * 60 * MINUTE, data: { temp: i } })),
    )
    const user = await open(server.url)
    await user.openSignedIn('/sensors/rpi', ADMIN)
    await user.button('All').click()
    await user.page.getByRole('slider', { name: 'Time cursor' }).focus()
    await user.page.keyboard.press('Home')
    await user.sees('0 °C')
    await user.page.waitForURL(/[?&]t=/)
    const address = user.page.url()
    const other = await browser.open(server.url)
    await other.goTo(address)
    await other.signIn(ADMIN)
    await other.sees('0 °C')
    expect(other.errors).toEqual([])
    await other.close()
  })

  it('shows tags and units that look like code as text', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const evil = '<img src=x onerror=alert(1)>'
    const device = await account.sensor('rpi', [`temp:scalar:${evil}`, 'cam1:image'])
    const tags = { [evil]: evil, a: '<script>alert(1)</script>' }
    await device.json({ timestamp: Date.now() - MINUTE, data: { temp: 21 }, tags })
    await device.multipart({ timestamp: Date.now(), tags }, { cam1: await jpeg() })
    const user = await open(server.url)
    const alerts: string[] = []
    user.page.on('dialog', (alert) => {
      alerts.push(alert.message())
      void alert.dismiss()
    })
    await user.openSignedIn('/sensors', ADMIN)
    await user.heading('rpi').waitFor()
    for (const path of ['/sensors/rpi', '/sensors/rpi/settings']) {
      await user.goTo(path)
      await user.sees(evil)
    }
    expect(alerts).toEqual([])
  })
})

describe('the app', () => {
  it('needs at most 200 KB of compressed JavaScript for its first page', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    await account.sensor('rpi', ['temp:scalar'])
    const user = await open(server.url)
    const sizes: Promise<number>[] = []
    user.page.on('requestfinished', (request) => {
      if (!request.url().endsWith('.js')) return
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    const transferred = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    await user.goTo('/')
    await user.seesPage('Sign in')
    expect(await transferred()).toBeGreaterThan(10_000)
    await user.signIn(ADMIN)
    await user.seesPage('Sensors')
    await user.heading('rpi').waitFor()
    expect(await transferred()).toBeLessThan(200_000)
  })

  it('follows the system into the dark, unless told otherwise', async () => {
    await using server = await TestServer.start()
    const user = await open(server.url, { colorScheme: 'dark' })
    const background = () =>
      user.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await user.openSignedIn('/account', ADMIN)
    const dark = await background()
    await user.page.getByText('Light', { exact: true }).click()
    await eventually(async () => expect(await background()).not.toBe(dark))
    const light = await background()
    await user.page.reload()
    await user.seesPage('Account')
    expect(await background()).toBe(light)
    await user.page.getByText('As the system', { exact: true }).click()
    await eventually(async () => expect(await background()).toBe(dark))
  })

  it('says so when there is no such page or sensor', async () => {
    await using server = await TestServer.start()
    const user = await open(server.url)
    await user.openSignedIn('/sensors', ADMIN)
    for (const path of ['/nowhere', '/sensors/nobody', '/sensors/nobody/settings']) {
      await user.goTo(path)
      await user.sees(/no such|not found|can't be shown|There is no/i)
    }
  })
})
