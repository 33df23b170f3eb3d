import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { PHONE } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { Fingers } from './drivers/fingers.ts'
import type { TestDevice } from './drivers/test-device.ts'
import { ADMIN } from './drivers/test-server.ts'

/** What a person does with range and cursor of a sensor's view. */

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Noon in Berlin, in winter. */
const LAST = Date.UTC(2024, 0, 20, 11)
const DAYS = 10

/** Publishes while somebody looks. */
let live: TestDevice
let user: AppPage
const app = appUnderTest(async (account) => {
  const device = await account.sensor('rpi', ['temp:scalar:celsius', 'door:boolean', 'cam1:image'])
  await device.lines(
    Array.from({ length: DAYS * 24 + 1 }, (_, i) => ({
      timestamp: LAST - i * HOUR,
      data: { temp: 20 - (i % 24) / 2, door: i % 6 === 0 },
    })),
  )
  live = await account.sensor('live', ['temp:scalar:celsius'])
  await live.json({ timestamp: LAST - HOUR, data: { temp: 4 } })
  // Every six hours: at noon, at six, at midnight and in the morning.
  for (let i = 0; i <= DAYS * 4; i++) {
    await device.raw('cam1', LAST - i * 6 * HOUR, await jpeg(320, 240, i + 1))
  }
})

const week = `/sensors/rpi?from=${LAST - 7 * DAY}&to=${LAST + HOUR}`

async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
  user = await app.openSignedIn(path, options)
}

function slider(name: string) {
  return user.page.getByRole('slider', { name, exact: true })
}

/** A part of the address, in ms; null when it isn't there. */
function address(name: string): number | null {
  const text = user.address(name)
  return text === null ? null : Number(text)
}

describe('the range', () => {
  const span = () => (address('to') ?? 0) - (address('from') ?? 0)

  it('turns, zooms out with a double click, and comes back to now', async () => {
    await open(`/sensors/rpi?from=${LAST - DAY}&to=${LAST}`)
    await user.button('Range before').click()
    await eventually(async () => expect(address('to')).toBe(LAST - DAY))
    await user.button('Range after').click()
    await eventually(async () => expect(address('to')).toBe(LAST))
    const plot = await user.boxOf(user.page.locator('[data-drag="zoom"]').first())
    await user.page.mouse.dblclick(plot.x + plot.width / 2, plot.y + plot.height / 2)
    await eventually(async () => expect(span()).toBeCloseTo(3 * DAY, -3))
    await user.button(/^Now/).click()
    await eventually(async () => expect(user.address('range')).not.toBeNull())
  })

  it('is explained by a sheet of its gestures and keys', async () => {
    await open(week)
    await user.page.getByRole('slider', { name: 'Time cursor' }).focus()
    await user.page.keyboard.press('?')
    await user.dialog.getByRole('heading', { name: 'Keys on the timeline' }).waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.page.keyboard.press('Escape')
    await user.dialog.waitFor({ state: 'detached' })
    await user.button('Mouse, touch and keyboard').click()
    await user.dialog.getByText('note something at the cursor').waitFor()
  })

  it('is pinched with two fingers', async () => {
    await open(week, PHONE)
    const graph = user.page.locator('[data-drag="zoom"]').first()
    await graph.scrollIntoViewIfNeeded()
    const box = await user.boxOf(graph)
    const y = box.y + box.height / 2
    const fingers = await Fingers.on(user.page)
    await fingers.move({ from: [160, y], to: [100, y] }, { from: [220, y], to: [280, y] })
    await eventually(async () => expect(span()).toBeLessThan(3.5 * DAY))
  })
})

describe('the overview', () => {
  it('moves and resizes what is visible, by mouse and by key', async () => {
    await open(week)
    await user.settled()
    const drag = async (name: string, by: number) => {
      const box = await user.boxOf(slider(name))
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      await user.page.mouse.move(x, y)
      await user.page.mouse.down()
      await user.page.mouse.move(x + by, y, { steps: 5 })
      await user.page.mouse.up()
    }
    await drag('Visible part of the history', -60)
    await eventually(async () => expect(address('from')).toBeLessThan(LAST - 7.5 * DAY))
    expect(Number(address('to')) - Number(address('from'))).toBeCloseTo(7 * DAY + HOUR, -2)
    const end = Number(address('to'))
    await drag('End of the visible part', -60)
    await eventually(async () => expect(address('to')).toBeLessThan(end - DAY / 2))
    await slider('Visible part of the history').focus()
    await user.page.keyboard.press('End')
    await eventually(async () => expect(address('to')).toBeGreaterThanOrEqual(LAST))
  })
})

describe('a graph', () => {
  it('sums up what is in sight, and keeps a scale with fixed ends', async () => {
    await open(week)
    await user.button('Least, mean and greatest').click()
    const row = user.page.getByRole('row').filter({ hasText: 'temp' })
    await row.getByText('8.5', { exact: true }).waitFor()
    await row.getByText('20', { exact: true }).waitFor()
    await user.button('Scale of °C').click()
    await user.field('Upper end').fill('')
    await user.page.keyboard.type('40')
    await user.field('Lower end').fill('')
    await user.page.keyboard.type('-10')
    expect(await user.accessibilityFaults()).toEqual([])
    await user.button('Fix').click()
    await user.page.reload()
    await user.button('Scale of °C: fixed').click()
    expect(await user.field('Upper end').inputValue()).toBe('40')
    await user.button('Automatic').click()
    await user.button('Scale of °C').waitFor()
  })

  it('shows every time in the zone that one chooses', async () => {
    await open(`${week}&t=${LAST}`)
    await eventually(async () =>
      expect(await slider('Time cursor').getAttribute('aria-valuetext')).toContain('12:00'),
    )
    await user.field('Time zone').selectOption('UTC')
    await eventually(async () =>
      expect(await slider('Time cursor').getAttribute('aria-valuetext')).toContain('11:00'),
    )
    await user.page.reload()
    await eventually(async () =>
      expect(await slider('Time cursor').getAttribute('aria-valuetext')).toContain('11:00'),
    )
  })
})

describe('the cursor', () => {
  it('asks where it sets out and where it rests, and the picture follows it on the way', async () => {
    await open(week)
    const graph = await user.boxOf(user.page.locator('[data-drag="zoom"]').first())
    await user.page.locator('figure img').first().waitFor()
    await user.settled()
    const asked: string[] = []
    user.page.on('request', (request) => {
      if (/\/at\?/.test(request.url())) asked.push(request.url())
    })
    const seen = await user.page.evaluateHandle(watchPicture)
    const steps = 60
    for (let step = 0; step <= steps; step++) {
      const x = graph.x + 70 + ((graph.width - 120) * step) / steps
      await user.page.mouse.move(x, graph.y + graph.height / 2)
      await user.page.waitForTimeout(15)
    }
    await user.settled()
    const { pictures, isEverEmpty } = await seen.evaluate(({ sources, empty }) => ({
      pictures: sources.size,
      isEverEmpty: empty > 0,
    }))
    expect(isEverEmpty).toBe(false)
    expect(pictures).toBeGreaterThan(5)
    // A slow machine may take a pause for a rest.
    expect(asked.length).toBeLessThan(steps / 3)
  })

  it('goes where keys send it though the pointer rests on a graph', async () => {
    await open(`${week}&t=${LAST - DAY}`)
    await user.settled()
    const graph = await user.boxOf(user.page.locator('[data-drag="zoom"]').first())
    await slider('Time cursor').focus()
    await user.page.mouse.move(graph.x + graph.width / 2, graph.y + graph.height / 2)
    await user.page.keyboard.press('Home')
    const shown = () => slider('Time cursor').getAttribute('aria-valuenow')
    await eventually(async () => expect(await shown()).toBe(String(LAST - 7 * DAY)))
  })
})

describe('new measurements', () => {
  it('leave what is looked at where it is, and are counted', async () => {
    user = await app.open()
    const listening = user.page.waitForResponse((response) => response.url().endsWith('/sensors/live/live'))
    await user.openSignedIn(`/sensors/live?from=${LAST - DAY}&to=${LAST}`, ADMIN)
    await user.settled()
    await listening
    const before = user.page.url()
    await live.json({ timestamp: LAST + HOUR, data: { temp: 5 } })
    await user.button(/^Now.*1/).waitFor()
    expect(user.page.url()).toBe(before)
    await user.button(/^Now/).click()
    await eventually(async () => expect(user.address('range')).not.toBeNull())
  })

  it('are counted once though asking what came before finds them, too', async () => {
    const { promise: isCounted, resolve: letAsk } = Promise.withResolvers<void>()
    let asked = 0
    user = await app.open()
    await user.page.route(/\/api\/v1\/sensors\/live$/, async (route) => {
      if (++asked > 1) await isCounted
      await route.continue()
    })
    const listening = user.page.waitForResponse((response) => response.url().endsWith('/sensors/live/live'))
    await user.openSignedIn(`/sensors/live?from=${LAST - DAY}&to=${LAST}`, ADMIN)
    await listening
    await eventually(async () => expect(asked).toBe(2))
    await live.json({ timestamp: LAST + 1.2 * HOUR, data: { temp: 6 } })
    await user.button(/^Now.*1/).waitFor()
    const answered = user.page.waitForResponse((response) => response.url().endsWith('/api/v1/sensors/live'))
    letAsk()
    await answered
    await user.settled()
    await user.page.waitForTimeout(300)
    expect(await user.button(/^Now.*1/).count()).toBe(1)
  })

  it('are shown though they came before the page could listen', async () => {
    const { promise: isPublished, resolve: letListen } = Promise.withResolvers<void>()
    user = await app.open()
    await user.page.route('**/sensors/live/live', async (route) => {
      await isPublished
      await route.continue()
    })
    await user.openSignedIn(`/sensors/live?from=${LAST - DAY}&to=${LAST + 2 * HOUR - 1}`, ADMIN)
    await user.page.locator('[data-drag="zoom"]').first().waitFor()
    await user.settled()
    await live.json({ timestamp: LAST + 1.5 * HOUR, data: { temp: 11.5 } })
    letListen()
    await user.page.getByText('11.5 °C').first().waitFor()
    expect(await user.button(/^Now.*1/).count()).toBe(0)
  })

  it('are asked for when a hidden tab is seen again, and not before', async () => {
    await open(`/sensors/live?from=${LAST - DAY}&to=${LAST + DAY}&t=${LAST + 3 * HOUR}`)
    await user.page.locator('[data-drag="zoom"]').first().waitFor()
    await user.settled()
    let requests = 0
    await user.page.evaluate(setHidden, true)
    await user.page.waitForTimeout(300)
    user.page.on('request', () => requests++)
    await live.json({ timestamp: LAST + 2 * HOUR, data: { temp: 17.5 } })
    await user.page.waitForTimeout(1500)
    expect(requests).toBe(0)
    await user.page.evaluate(setHidden, false)
    await user.page.getByText('17.5 °C').first().waitFor()
  })
})

describe('the player', () => {
  it('runs along the graphs, pauses at a picture, and never asks for originals', async () => {
    const originals: string[] = []
    user = await app.open()
    user.page.on('request', (request) => {
      if (request.url().includes('size=original')) originals.push(request.url())
    })
    await user.openSignedIn(week, ADMIN)
    await user.field('Pictures a second').selectOption('5 / s')
    await user.button('Play').click()
    await user.button('Pause').waitFor()
    const cursor = user.page.locator('[role="slider"][aria-label="Time cursor"]')
    const before = await cursor.getAttribute('aria-valuenow')
    await eventually(async () => expect(await cursor.getAttribute('aria-valuenow')).not.toBe(before))
    await user.button('Pause').click()
    await user.button('Play').waitFor()
    await eventually(async () => expect((LAST - Number(address('t'))) % (6 * HOUR)).toBe(0))
    expect(originals).toEqual([])
  })

  it('steps from picture to picture by key, and can do so by days', async () => {
    await open(`${week}&t=${LAST}`)
    await user.button('Play').waitFor()
    await user.page.keyboard.press(',')
    await eventually(async () => expect(address('t')).toBe(LAST - 6 * HOUR))
    await user.page.keyboard.press('.')
    await eventually(async () => expect(address('t')).toBe(LAST))
    await user.button('Which pictures are played').click()
    await user.field('One a day').check()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.page.keyboard.press('Escape')
    await user.button('Frame before').click()
    await eventually(async () => expect(address('t')).toBe(LAST - DAY))
  })
})

/** Runs in the page: what is seen of the picture at the cursor, screen by screen. */
function watchPicture(): { readonly sources: Set<string>; empty: number } {
  const seen = { sources: new Set<string>(), empty: 0 }
  requestAnimationFrame(function look() {
    const image = document.querySelector<HTMLImageElement>('figure img')
    if (image === null || image.naturalWidth === 0) seen.empty++
    else seen.sources.add(image.src)
    requestAnimationFrame(look)
  })
  return seen
}

/** Runs in the page: another tab is in front of it, or no longer. */
function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}
