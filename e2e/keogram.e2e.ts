import { describe, expect, it } from 'vitest'
import { transparentWebp } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { eventually } from './drivers/eventually.ts'
import { ADMIN } from './drivers/test-server.ts'
import {
  DAY,
  FIRST,
  GAP,
  LAST,
  MINUTE,
  publishThreeDays,
  TAKEN_EVERY,
  timeOf,
  whole,
} from './drivers/three-days.ts'

/** The pictures of a range along its time axis: as the frames of a film strip, and as a keogram. */

const app = appUnderTest(publishThreeDays)
let user: AppPage

async function open(path: string): Promise<void> {
  user = await app.openSignedIn(path, { timezoneId: 'UTC' })
}

describe('the film strip', () => {
  it('shows in each frame what was the case in its middle, and nothing in gaps', async () => {
    await open(whole)
    const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
    await film.getByRole('button').first().waitFor()
    await user.settled()
    const strip = await user.boxOf(film)
    const frames = await Promise.all(
      (await film.getByRole('button').all()).map(async (frame) => ({
        box: await user.boxOf(frame),
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
    expect(user.address('keogram')).toBe('rpi/cam1')
    expect(await user.accessibilityFaults()).toEqual([])

    const box = await user.boxOf(canvas())
    await user.page.mouse.click(box.x + box.width / 3, box.y + box.height / 2)
    await eventually(async () =>
      expect(Math.abs(Number(user.address('t')) - (FIRST + DAY))).toBeLessThan(30 * MINUTE),
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
    user = await app.open({ timezoneId: 'UTC' })
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
    user = await app.open({ timezoneId: 'UTC' })
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
