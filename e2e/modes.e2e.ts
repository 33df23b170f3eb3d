import type { BrowserContextOptions, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { jpeg, jpegWithExif, transparentWebp } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { TestBrowser } from './drivers/browser.ts'
import { Fingers } from './drivers/fingers.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** Keograms, notes, tags, and what the viewer knows: ways to look at one sensor. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LAST = Date.UTC(2024, 0, 20)
const FIRST = LAST - 3 * DAY
/** No pictures were taken then. */
const GAP = { from: LAST - 40 * HOUR, to: LAST - 30 * HOUR }
const TAKEN_EVERY = 30 * MINUTE
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

let browser: TestBrowser
let server: TestServer
let user: AppPage
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  const account = await server.account()
  const device = await account.sensor('rpi', ['temp:scalar:celsius', 'cam1:image'])
  for (let t = FIRST; t <= LAST; t += TAKEN_EVERY) {
    const hour = new Date(t).getUTCHours()
    const measurement = { timestamp: t, data: { temp: hour }, tags: { light: hour < 6 ? 'night' : 'day' } }
    if (t >= GAP.from && t < GAP.to) await device.json(measurement)
    else await device.multipart(measurement, { cam1: await picture(t) })
  }
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})
afterEach(async () => {
  const { errors } = user
  await user.close()
  expect(errors).toEqual([])
})

function picture(t: number): Promise<Buffer> {
  const seed = Math.round((t - FIRST) / TAKEN_EVERY) + 1
  return t === LAST
    ? jpegWithExif({ IFD0: { Model: 'imx708' }, IFD2: { ExposureTime: '1/125' } })
    : jpeg(160, 120, seed)
}

const whole = `/sensors/rpi?from=${FIRST}&to=${LAST}`

async function open(path: string, options: BrowserContextOptions = {}): Promise<AppPage> {
  user = await browser.open(server.url, { timezoneId: 'UTC', ...options })
  await user.openSignedIn(path, ADMIN)
  return user
}

function eventually(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000 })
}

function address(name: string): string | null {
  return new URL(user.page.url()).searchParams.get(name)
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It cannot be seen.')
  return box
}

/** The time in the label of a frame of the film strip, in UTC. */
function timeOf(label: string | null): number {
  return Date.parse(`${label?.replace(/(, damaged)?: open$/, '') ?? ''} UTC`)
}

describe('the film strip', () => {
  it('shows in each frame what was the case in its middle, and nothing in gaps', async () => {
    await open(whole)
    const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
    await film.getByRole('button').first().waitFor()
    await user.settled()
    const strip = await boxOf(film)
    const frames = await Promise.all(
      (await film.getByRole('button').all()).map(async (frame) => ({
        box: await boxOf(frame),
        t: timeOf(await frame.getAttribute('aria-label')),
      })),
    )
    expect(frames.length).toBeGreaterThan(3)
    // The last one may be the newest picture of all.
    frames.pop()
    const timeAt = (x: number): number => FIRST + ((x - strip.x) / strip.width) * (LAST - FIRST)
    for (const { box, t } of frames) {
      const half = ((box.width + 4) / 2 / strip.width) * (LAST - FIRST)
      const middle = timeAt(box.x + (box.width + 4) / 2)
      // A picture is taken every half hour: where there are any it is that near, elsewhere within its frame.
      const isNearGap = middle - half < FIRST || (middle + half > GAP.from && middle - half < GAP.to)
      expect(Math.abs(t - middle)).toBeLessThanOrEqual(isNearGap ? half + MINUTE : TAKEN_EVERY)
    }
  })
})

describe('a keogram', () => {
  const canvas = () => user.page.getByRole('img', { name: /^Keogram of cam1/ })

  /** How opaque the picture is at an instant, 0 to 255, in the middle of its height. */
  const alphaAt = (t: number) =>
    canvas().evaluate(
      (element, share) => {
        const { width, height } = element as HTMLCanvasElement
        const context = (element as HTMLCanvasElement).getContext('2d')
        return context?.getImageData(Math.round(share * width), height / 2, 1, 1).data[3]
      },
      (t - FIRST) / (LAST - FIRST),
    )

  it('has a column for each picture on the time axis, and gaps where there are none', async () => {
    await open(whole)
    await user.button('cam1 as a keogram').click()
    await eventually(async () => expect(await alphaAt(FIRST + DAY)).toBe(255))
    await eventually(async () => expect(await canvas().getAttribute('aria-busy')).toBe('false'))
    const edge = 45 * MINUTE
    for (const [t, alpha] of [
      [FIRST + edge, 255],
      [GAP.from - edge, 255],
      [GAP.from + edge, 0],
      [GAP.to - edge, 0],
      [GAP.to + edge, 255],
      [LAST - edge, 255],
    ] as const) {
      // It fills while its thumbs are still being made.
      await eventually(async () => expect([t, await alphaAt(t)]).toEqual([t, alpha]))
    }
    expect(address('keogram')).toBe('rpi/cam1')
    expect(await user.accessibilityFaults()).toEqual([])

    const box = await boxOf(canvas())
    await user.page.mouse.click(box.x + box.width / 3, box.y + box.height / 2)
    await eventually(async () =>
      expect(Math.abs(Number(address('t')) - (FIRST + DAY))).toBeLessThan(30 * MINUTE),
    )
    await user.page.reload()
    await canvas().waitFor()
    await user.button('cam1 as a keogram').click()
    await user.page.getByRole('list', { name: 'Pictures of cam1' }).waitFor()
  })

  it('shows something at every zoom while better is on its way', async () => {
    await open(`${whole}&keogram=rpi/cam1`)
    await eventually(async () => expect(await alphaAt(FIRST + DAY)).toBe(255))
    const tiles = Promise.withResolvers<void>()
    await user.page.route('**/keogram/**', async (route) => {
      await tiles.promise
      await route.continue()
    })
    await user.page.getByRole('slider', { name: 'Time cursor' }).focus()
    for (const key of ['+', '-', '-']) {
      await user.page.keyboard.press(key)
      await eventually(async () =>
        expect(
          await canvas().evaluate((element) => {
            const { width, height } = element as HTMLCanvasElement
            const context = (element as HTMLCanvasElement).getContext('2d')
            return context?.getImageData(Math.round(width * 0.7), height / 2, 1, 1).data[3]
          }),
        ).toBe(255),
      )
    }
    tiles.resolve()
    await eventually(async () => expect(await canvas().getAttribute('aria-busy')).toBe('false'))
  })

  it('fills by itself while its pictures are still being made', async () => {
    user = await browser.open(server.url, { timezoneId: 'UTC' })
    const empty = await transparentWebp(256, 240)
    const asked = new Set<string>()
    await user.page.route('**/keogram/**', (route) => {
      const isFirst = !asked.has(route.request().url())
      asked.add(route.request().url())
      return isFirst
        ? route.fulfill({ body: empty, contentType: 'image/webp', headers: { 'retry-after': '1' } })
        : route.continue()
    })
    await user.openSignedIn(`${whole}&keogram=rpi/cam1`, ADMIN)
    await eventually(async () => expect(await alphaAt(FIRST + DAY)).toBe(0))
    await eventually(async () => expect(await alphaAt(FIRST + DAY)).toBe(255))
  })

  it('comes again to who is told to wait', async () => {
    user = await browser.open(server.url, { timezoneId: 'UTC' })
    let refused = 0
    await user.page.route('**/keogram/**', (route) =>
      refused++ < 2
        ? route.fulfill({ status: 503, headers: { 'retry-after': '0' }, body: '' })
        : route.continue(),
    )
    await user.openSignedIn(`${whole}&keogram=rpi/cam1`, ADMIN)
    await eventually(async () => expect(await alphaAt(FIRST + DAY)).toBe(255))
    expect(refused).toBeGreaterThan(2)
  })
})

describe('notes', () => {
  const lane = () => user.page.getByRole('region', { name: 'Notes' })
  const flag = (text: string | RegExp) => lane().getByRole('button', { name: text })

  /** Where the lane lies once everything above it is there. */
  async function laneBox() {
    const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
    await film.getByRole('button').first().waitFor()
    await user.button('Least, mean and greatest').waitFor()
    await user.settled()
    return boxOf(lane())
  }

  async function write(text: string): Promise<void> {
    await user.dialog.getByLabel('Note', { exact: true }).fill(text)
    await user.dialog.getByRole('button', { name: 'Save' }).click()
    await user.dialog.waitFor({ state: 'detached' })
  }

  async function deleteAll(): Promise<void> {
    const { client } = await server.account()
    const { notes } = await client.notes.list('rpi')
    await Promise.all(notes.map(({ id }) => client.notes.delete('rpi', id)))
  }

  it('are written with a click, read, changed, deleted and brought back; other tabs see them', async () => {
    await deleteAll()
    await open(whole)
    const other = await user.page.context().newPage()
    await other.goto(whole)
    const box = await laneBox()
    await user.page.mouse.click(box.x + box.width * 0.4, box.y + box.height / 2)
    expect(await user.accessibilityFaults()).toEqual([])
    await user.dialog.getByRole('button', { name: 'Save' }).click()
    await user.dialog.getByText('Write something.').waitFor()
    await write('Watered the tomatoes')
    await other.getByRole('button', { name: 'Watered the tomatoes' }).waitFor()

    await flag('Watered the tomatoes').click()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.button('Edit').click()
    await write('Watered the beans')
    await flag('Watered the beans').click()
    await user.dialog.getByRole('button', { name: 'Delete' }).click()
    await user.sees('Note deleted')
    await flag('Watered the beans').waitFor({ state: 'detached' })
    await user.button('Undo').click()
    await flag('Watered the beans').waitFor()
    await other.close()
  })

  it('are written on a stretch that is dragged, and at the cursor by key', async () => {
    await deleteAll()
    await open(`${whole}&t=${FIRST + DAY}`)
    await user.page.getByRole('slider', { name: 'Time cursor' }).focus()
    await user.page.keyboard.press('n')
    expect(await user.field('At').inputValue()).toContain('2024-01-18T00:00')
    await write('at the cursor, + and - and arrows typed')
    expect(address('from')).toBe(String(FIRST))

    const box = await laneBox()
    const [x, y] = [box.x + box.width * 0.45, box.y + box.height / 2]
    await user.page.mouse.move(x, y)
    await user.page.mouse.down()
    await user.page.mouse.move(x + 80, y, { steps: 4 })
    await user.page.mouse.up()
    const [from, to] = [await user.field('From').inputValue(), await user.field('Until').inputValue()]
    expect(Date.parse(to)).toBeGreaterThan(Date.parse(from) + HOUR)
    await write('Fan off')
    const { notes } = await (await server.account()).client.notes.list('rpi')
    expect(notes.map(({ text, from: start, to: end }) => [text, start, end])).toEqual([
      ['at the cursor, + and - and arrows typed', FIRST + DAY, null],
      ['Fan off', expect.any(Number), expect.any(Number)],
    ])
  })

  it('share a flag where they lie on each other, and are listed with a way to each', async () => {
    await deleteAll()
    const { client } = await server.account()
    for (const minutes of [0, 5, 10]) {
      await client.notes.create('rpi', { text: `note ${minutes}`, from: FIRST + DAY + minutes * MINUTE })
    }
    await open(whole)
    await flag(/^3 notes/).waitFor()
    await user.button('Notes: 3 in this range').click()
    const list = user.dialog.getByRole('listitem')
    await list.nth(2).waitFor()
    await list.filter({ hasText: 'note 10' }).getByTitle('Show it on the timeline').click()
    await eventually(async () => expect(address('t')).toBe(String(FIRST + DAY + 10 * MINUTE)))
  })

  it('are written by touch', async () => {
    await deleteAll()
    await open(whole, PHONE)
    await laneBox()
    await lane().scrollIntoViewIfNeeded()
    const box = await laneBox()
    await user.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    await write('by touch')
    await flag('by touch').tap()
    await user.dialog.getByText('by touch', { exact: true }).waitFor()
    expect(await user.overhang()).toBe(0)
  })
})

describe('a tag', () => {
  it('filters graphs, pictures and the viewer, by an address that can be shared', async () => {
    await open(whole)
    await user.button('Filter by tag').click()
    await user.dialog.getByRole('button', { name: 'light:night', exact: true }).waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.dialog.getByRole('button', { name: 'light:night', exact: true }).click()
    await user.sees('Only measurements with the tag light:night.')
    await eventually(async () => expect(address('tag')).toBe('light:night'))
    await user.button('Least, mean and greatest').click()
    const row = user.page.getByRole('row').filter({ hasText: 'temp' })
    await row.getByText('5', { exact: true }).waitFor()
    await eventually(async () => {
      const labels = await user.page
        .getByRole('list', { name: 'Pictures of cam1' })
        .getByRole('button')
        .evaluateAll((frames) => frames.map((frame) => frame.getAttribute('aria-label')))
      expect(labels.length).toBeGreaterThan(1)
      for (const label of labels) expect(new Date(timeOf(label)).getUTCHours()).toBeLessThan(6)
    })

    // At noon the newest picture with the tag is of the morning; the one after it, of the next night.
    await user.goTo(`${whole}&tag=light:night&t=${LAST - 12 * HOUR}&image=cam1`)
    await user.dialog.getByText('5:30:00 AM').waitFor()
    await user.page.keyboard.press('ArrowRight')
    await user.dialog.getByText('12:00:00 AM').waitFor()
    await user.page.keyboard.press('Escape')
    await user.button('Show all').click()
    await eventually(async () => expect(address('tag')).toBeNull())
  })

  it('of an open picture leads to those that bear it', async () => {
    await open(`${whole}&t=${LAST - 12 * HOUR}&image=cam1`)
    await user.dialog.getByRole('button', { name: 'light:day' }).click()
    await user.dialog.waitFor({ state: 'detached' })
    await user.sees('Only measurements with the tag light:day.')
  })

  it('that nobody published shows nothing, and says why', async () => {
    await open(`${whole}&tag=nobody`)
    await user.sees('Only measurements with the tag nobody.')
    await user.sees('no pictures in this range')
  })
})

describe('an open picture', () => {
  it('says what its camera wrote into it', async () => {
    await open(`${whole}&t=${LAST}&image=cam1`)
    const facts = user.dialog.getByRole('region', { name: 'From the camera' })
    await facts.getByText('imx708').waitFor()
    await facts.getByText('1/125 s').waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
  })

  it('can be magnified, moved, turned and found on the timeline by touch', async () => {
    await open(`${whole}&t=${LAST - 2 * DAY}&image=cam1`, PHONE)
    const shown = user.dialog.getByRole('img', { name: /^cam1,/ })
    await shown.waitFor()
    await user.settled()
    const fingers = await Fingers.on(user.page)
    const [x, y] = [180, 180]
    const before = await boxOf(shown)
    await fingers.move({ from: [x - 20, y], to: [x - 100, y] }, { from: [x + 20, y], to: [x + 100, y] })
    await eventually(async () => expect((await boxOf(shown)).width).toBeGreaterThan(before.width * 2))
    const large = await boxOf(shown)
    await fingers.move({ from: [x, y], to: [x + 40, y + 10] })
    await eventually(async () => expect((await boxOf(shown)).x).toBeGreaterThan(large.x + 20))
    await user.dialog.getByRole('button', { name: 'Actual pixels' }).tap()
    await eventually(async () => expect((await boxOf(shown)).width).toBeCloseTo(before.width, 0))

    const alt = await shown.getAttribute('alt')
    await fingers.move({ from: [x + 80, y], to: [x - 80, y] })
    await eventually(async () => expect(await shown.getAttribute('alt')).not.toBe(alt))
    await eventually(async () => expect(address('t')).toBe(String(LAST - 2 * DAY + TAKEN_EVERY)))
    await user.dialog.getByRole('button', { name: 'Show on timeline' }).tap()
    await user.dialog.waitFor({ state: 'detached' })
  })
})

describe('the range', () => {
  const span = () => Number(address('to')) - Number(address('from'))

  it('turns, zooms out with a double click, and comes back to now', async () => {
    await open(`/sensors/rpi?from=${LAST - DAY}&to=${LAST}`)
    await user.button('Range before').click()
    await eventually(async () => expect(address('to')).toBe(String(LAST - DAY)))
    await user.button('Range after').click()
    await eventually(async () => expect(address('to')).toBe(String(LAST)))
    const plot = await boxOf(user.page.locator('[data-drag="zoom"]').first())
    await user.page.mouse.dblclick(plot.x + plot.width / 2, plot.y + plot.height / 2)
    await eventually(async () => expect(span()).toBeCloseTo(3 * DAY, -3))
    await user.button(/^Now/).click()
    await eventually(async () => expect(address('range')).not.toBeNull())
  })

  it('is explained by a sheet of its gestures and keys', async () => {
    await open(whole)
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
    await open(whole, PHONE)
    const graph = user.page.locator('[data-drag="zoom"]').first()
    await graph.scrollIntoViewIfNeeded()
    const box = await boxOf(graph)
    const y = box.y + box.height / 2
    const fingers = await Fingers.on(user.page)
    await fingers.move({ from: [160, y], to: [100, y] }, { from: [220, y], to: [280, y] })
    await eventually(async () => expect(span()).toBeLessThan(1.5 * DAY))
  })
})
