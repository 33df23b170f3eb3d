import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { PHONE, TestBrowser } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** Every page of an installation that is in use, and of one that isn't, in all that a person can make of them. */

const MINUTE = 60_000

let browser: TestBrowser
let server: TestServer
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  const account = await server.account()
  const device = await account.sensor('greenhouse', [
    'temp:scalar:celsius',
    'soil:scalar:celsius',
    'humidity:scalar:relative %',
    'door:boolean',
    'place:location',
    'cam1:image',
  ])
  const now = Date.now()
  await device.lines(
    Array.from({ length: 60 }, (_, i) => ({
      timestamp: now - i * MINUTE,
      data: {
        temp: 20 + Math.sin(i / 9),
        soil: 15,
        humidity: 50 + (i % 10),
        door: i % 20 < 5,
        place: { lat: 52.5 + i / 1000, lon: 13.4 },
      },
    })),
  )
  for (let i = 0; i < 8; i++) {
    const picture = await jpeg(320, 240, i + 1)
    const bytes = i === 3 ? picture.subarray(0, picture.length / 2) : picture
    await device.multipart({ timestamp: now - i * 5 * MINUTE, tags: ['test'] }, { cam1: bytes })
  }
  await account.sensor('A sensor with quite a long name as people give them (left)', ['temp:scalar'])
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const pages: readonly (readonly [path: string, title: string])[] = [
  ['/sensors', 'Sensors'],
  ['/sensors/greenhouse', 'greenhouse'],
  ['/sensors/greenhouse/compose', 'New view'],
  ['/views', 'Views'],
  ['/sensors/greenhouse/connect', 'Connect greenhouse'],
  ['/sensors/greenhouse/settings', 'Settings of greenhouse'],
  [
    `/sensors/${encodeURIComponent('A sensor with quite a long name as people give them (left)')}`,
    'A sensor with quite a long name as people give them (left)',
  ],
  ['/account', 'Account'],
]

/** What covers a page, and how one gets there. */
const covers: readonly (readonly [name: string, path: string, open: (user: AppPage) => Promise<void>])[] = [
  ['the dialog for a new sensor', '/sensors', (user) => user.button('New sensor').click()],
  ['a picture', '/sensors/greenhouse', (user) => openPicture(user)],
  ['the dialog for a field', '/sensors/greenhouse/settings', (user) => user.button('Edit temp').click()],
  [
    'the question before deleting',
    '/sensors/greenhouse/settings',
    (user) => user.button('Delete temp').click(),
  ],
  ['the dialog for a key', '/sensors/greenhouse/settings', (user) => user.button('New device key').click()],
  [
    'the question before deleting a sensor',
    '/sensors/greenhouse/settings',
    (user) => user.button('Delete the sensor…').click(),
  ],
  ['the dialog for a token', '/account', (user) => user.button('New API token').click()],
]

async function openPicture(user: AppPage): Promise<void> {
  await user.page.getByRole('list', { name: 'Pictures of cam1' }).getByRole('button').last().click()
  await user.dialog.getByText('320 × 240 pixels').waitFor()
}

async function expectNoFaults(options: Parameters<TestBrowser['open']>[1]): Promise<void> {
  await using user = await browser.open(server.url, options)
  await user.openSignedIn('/sensors', ADMIN)
  const faults: Record<string, readonly string[]> = {}
  for (const [path, title] of [...pages, ['/nowhere', ''] as const]) {
    await user.goTo(path)
    if (title !== '') await user.seesPage(title)
    await user.settled()
    faults[path] = await user.accessibilityFaults()
  }
  expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((path) => [path, []])))
  expect(user.errors).toEqual([])
}

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  it('axe finds nothing before the sign-in', async () => {
    await using fresh = await TestServer.start({ hasAccount: false })
    await using user = await browser.open(fresh.url, { colorScheme })
    await user.goTo('/setup')
    await user.seesPage('Set up Senio')
    expect(await user.accessibilityFaults()).toEqual([])
    await user.goTo(fresh.setupPath)
    await user.seesPage('Welcome to Senio')
    expect(await user.accessibilityFaults()).toEqual([])
    await user.field('E-mail').fill(ADMIN.email)
    await user.field('Password').fill(ADMIN.password)
    await user.button('Create the account').click()
    await user.heading('Create your first sensor').waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.goTo('/account')
    await user.button('Sign out').click()
    await user.seesPage('Sign in')
    expect(await user.accessibilityFaults()).toEqual([])
  })

  it('axe finds nothing on any page', async () => {
    await expectNoFaults({ colorScheme })
  })

  it('axe finds nothing in any dialog', async () => {
    await using user = await browser.open(server.url, { colorScheme })
    await user.openSignedIn('/sensors', ADMIN)
    const faults: Record<string, readonly string[]> = {}
    for (const [name, path, cover] of covers) {
      await user.goTo(path)
      await cover(user)
      await user.dialog.first().waitFor()
      await user.settled()
      faults[name] = await user.accessibilityFaults()
    }
    expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, []])))
    expect(user.errors).toEqual([])
  })
})

describe('on a phone of 360 pixels', () => {
  it('axe finds nothing on any page', async () => {
    await expectNoFaults(PHONE)
  })

  it('no page is wider than the screen', async () => {
    await using user = await browser.open(server.url, PHONE)
    await user.openSignedIn('/sensors', ADMIN)
    const overhangs: Record<string, number> = {}
    for (const [path, title] of pages) {
      await user.goTo(path)
      await user.seesPage(title)
      await user.settled()
      overhangs[path] = await user.overhang()
    }
    for (const [name, path, cover] of covers) {
      await user.goTo(path)
      await cover(user)
      await user.dialog.first().waitFor()
      await user.settled()
      overhangs[name] = await user.overhang()
    }
    expect(overhangs).toEqual(Object.fromEntries(Object.keys(overhangs).map((path) => [path, 0])))
  })

  it('the navigation is a drawer that closes when one has chosen', async () => {
    await using user = await browser.open(server.url, PHONE)
    await user.openSignedIn('/sensors', ADMIN)
    expect(await user.page.getByRole('navigation').count()).toBe(0)
    await user.button('Open the navigation').tap()
    const drawer = user.page.getByRole('dialog', { name: 'Navigation' })
    await drawer.getByRole('link', { name: 'greenhouse', exact: true }).tap()
    await user.seesPage('greenhouse')
    await drawer.waitFor({ state: 'detached' })
    await user.button('Open the navigation').tap()
    await user.page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await user.button('Open the navigation').tap()
    expect(await user.accessibilityFaults()).toEqual([])
  })

  it('a swipe leads to the picture before', async () => {
    await using user = await browser.open(server.url, PHONE)
    await user.openSignedIn('/sensors/greenhouse', ADMIN)
    await user.button('Hour').tap()
    await openPicture(user)
    const picture = user.dialog.getByRole('img').first()
    const before = await picture.getAttribute('src')
    const touch = await user.page.context().newCDPSession(user.page)
    const at = (x: number) => [{ x, y: 250, id: 1 }]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(60) })
    for (let x = 80; x <= 320; x += 40) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await eventually(async () => expect(await picture.getAttribute('src')).not.toBe(before))
  })
})
