import { afterAll, beforeAll, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { TestBrowser } from './drivers/browser.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/**
 * How smoothly a time-lapse plays is said, not asserted: `SENIO_PLAYER_FRAMES=1000 npx vitest run --config
 * e2e/vitest.config.ts e2e/player` measures the thousand frames that the player is made for, on a machine at rest.
 */
const FRAMES = Number(process.env['SENIO_PLAYER_FRAMES'] ?? 90)
const EVERY = 60_000
const FROM = Date.UTC(2026, 5, 1)

/** What the page counts while it plays. */
interface Counts {
  readonly screens: number
  readonly drawn: number
  /** ms between two screens: the longest, and how many took more than two of 60 Hz. */
  readonly longest: number
  readonly late: number
  readonly elapsed: number
}

/** How soon a picture is shown that the cursor came to, in ms; and how often there was none. */
interface Times {
  readonly ms: number[]
  gone: number
}

/** Where the cursor is sent, of the graph's width. */
const PLACES = Math.min(60, Math.ceil(FRAMES / 10))

let browser: TestBrowser
let server: TestServer
beforeAll(async () => {
  browser = await TestBrowser.launch()
  server = await TestServer.start()
  const account = await server.account()
  const device = await account.sensor('greenhouse', ['temp:scalar:celsius', 'cam1:image'])
  const frames = Array.from({ length: FRAMES }, (_, i) => i)
  await device.lines(
    frames.map((i) => ({ timestamp: FROM + i * EVERY, data: { temp: 20 + Math.sin(i / 50) } })),
  )
  async function publish(): Promise<void> {
    for (let i = frames.shift(); i !== undefined; i = frames.shift()) {
      await device.raw('cam1', FROM + i * EVERY, await jpeg(640, 480, i + 1))
    }
  }
  await Promise.all([publish(), publish(), publish(), publish()])
  // Thumbs are made soon after a picture came, long before somebody plays a thousand of them.
  const { images } = await account.client.images('greenhouse', { limit: 1000 })
  for (const { image } of images) await account.image('greenhouse', image, 'thumb')
}, 600_000)
afterAll(async () => {
  await browser.close()
  await server.remove()
})

it('the player shows every frame of a time-lapse, and never loads an original', async ({ annotate }) => {
  await using user = await browser.open(server.url, { reducedMotion: 'no-preference' })
  const requested: string[] = []
  user.page.on('request', (request) => {
    if (/\/images\/[0-9a-f]{40}/.test(request.url())) requested.push(request.url())
  })
  await user.page.addInitScript(countScreens)
  await user.openSignedIn(`/sensors/greenhouse?from=${FROM}&to=${FROM + FRAMES * EVERY}`, ADMIN)
  await user.button('Play').waitFor()
  await user.settled()
  await user.page.getByLabel('Pictures a second').selectOption('60')

  const session = await user.page.context().newCDPSession(user.page)
  // CPU time: a machine that is busy with something else counts the same.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const work = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    return {
      all: 1000 * of('TaskDuration'),
      script: 1000 * of('ScriptDuration'),
      layout: 1000 * (of('LayoutDuration') + of('RecalcStyleDuration')),
      layouts: of('LayoutCount'),
    }
  }

  await user.button('Play').click()
  await user.button('Pause').waitFor()
  const before = await work()
  const first = await counted()
  await user.page.waitForFunction(
    (most) => {
      const counts = (globalThis as unknown as { senioCounts: { shown: Set<string> } }).senioCounts
      return counts.shown.size >= most
    },
    Math.floor(FRAMES * 0.6),
    { timeout: 120_000 },
  )
  const second = await counted()
  const after = await work()
  await user.button('Pause').click()

  const seconds = (second.elapsed - first.elapsed) / 1000
  await annotate(
    `${((second.screens - first.screens) / seconds).toFixed(1)} screens and ` +
      `${((second.drawn - first.drawn) / seconds).toFixed(1)} frames a second for ${seconds.toFixed(1)} s; ` +
      `longest between two screens ${second.longest.toFixed(0)} ms, ${second.late - first.late} later than 33 ms; ` +
      `the page's thread works ${perScreen('all')} ms a screen (script ${perScreen('script')}, layout ${perScreen('layout')}), with ${perScreen('layouts')} layouts`,
  )
  const sizes = new Set(requested.map((address) => new URL(address).searchParams.get('size') ?? 'original'))
  expect(sizes.has('original')).toBe(false)
  expect(user.errors).toEqual([])

  function perScreen(kind: keyof typeof before): string {
    return ((after[kind] - before[kind]) / (second.screens - first.screens)).toFixed(2)
  }

  function counted(): Promise<Counts> {
    return user.page.evaluate(() => {
      const { screens, drawn, longest, late } = (globalThis as unknown as { senioCounts: Counts }).senioCounts
      return { screens, drawn, longest, late, elapsed: performance.now() }
    })
  }
})

it('a picture follows the cursor, without ever being gone', async ({ annotate }) => {
  await using user = await browser.open(server.url, { reducedMotion: 'no-preference' })
  await user.page.addInitScript(timePictures)
  await user.openSignedIn(`/sensors/greenhouse?from=${FROM}&to=${FROM + FRAMES * EVERY}`, ADMIN)
  await user.button('Play').waitFor()
  await user.settled()
  const graph = await user.boxOf(user.page.locator('[data-drag="zoom"]').first())
  // To and fro, so that no two places have the same picture.
  const places = Array.from({ length: PLACES }, (_, i) => (((i * 7) % PLACES) + 0.5) / PLACES)
  const visit = async () => {
    for (const place of places) {
      await user.page.mouse.move(graph.x + 60 + place * (graph.width - 80), graph.y + graph.height / 2)
      await user.page.waitForTimeout(150)
    }
  }
  // First the pictures come into the browser's cache.
  await visit()
  const times = await user.page.evaluateHandle(
    () => (globalThis as unknown as { senioTimes: Times }).senioTimes,
  )
  await times.evaluate((seen) => {
    seen.ms.length = 0
    seen.gone = 0
  })
  await visit()
  const { ms, gone } = await times.jsonValue()
  const sorted = ms.toSorted((a, b) => a - b)
  await annotate(
    `from moving the cursor to the decoded picture on the screen, from warm cache: median ${sorted[Math.floor(ms.length / 2)]?.toFixed(0)} ms, ` +
      `95 of 100 within ${sorted[Math.floor(ms.length * 0.95)]?.toFixed(0)} ms, longest ${sorted.at(-1)?.toFixed(0)} ms, of ${ms.length}`,
  )
  expect(ms.length).toBeGreaterThan(0)
  expect(gone).toBe(0)
  expect(user.errors).toEqual([])
})

/** Runs in the page, before its own code: how long each picture at the cursor takes after the pointer moved. */
function timePictures(): void {
  const times = { ms: [] as number[], gone: 0 }
  Object.assign(globalThis, { senioTimes: times })
  let moved = 0
  let shown = ''
  addEventListener('pointermove', () => (moved = performance.now()), true)
  requestAnimationFrame(function look() {
    const image = document.querySelector<HTMLImageElement>('figure img')
    const isThere = image !== null && image.complete && image.naturalWidth > 0
    if (!isThere) times.gone += shown === '' ? 0 : 1
    // The sharper one is fetched once the cursor rests.
    else if (image.src !== shown && image.src.endsWith('thumb')) {
      if (shown !== '') times.ms.push(performance.now() - moved)
      shown = image.src
    }
    requestAnimationFrame(look)
  })
}

/** Runs in the page, before its own code: counts screens, and what is drawn from decoded pictures. */
function countScreens(): void {
  const counts = { screens: 0, drawn: 0, longest: 0, late: 0, shown: new Set<ImageBitmap>() }
  Object.assign(globalThis, { senioCounts: counts })
  // oxlint-disable-next-line typescript/unbound-method -- called with the canvas below
  const draw = CanvasRenderingContext2D.prototype.drawImage
  CanvasRenderingContext2D.prototype.drawImage = function (
    this: CanvasRenderingContext2D,
    ...args: unknown[]
  ) {
    const [image] = args
    if (image instanceof ImageBitmap) {
      counts.drawn++
      counts.shown.add(image)
    }
    Reflect.apply(draw, this, args)
  }
  let last = performance.now()
  requestAnimationFrame(function tick(now) {
    counts.screens++
    if (counts.drawn > 0) {
      counts.longest = Math.max(counts.longest, now - last)
      if (now - last > 33.5) counts.late++
    }
    last = now
    requestAnimationFrame(tick)
  })
}
