import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { PHONE } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { Fingers } from './drivers/fingers.ts'
import { DAY, FIRST, LAST, publishThreeDays, TAKEN_EVERY, whole } from './drivers/three-days.ts'

/** One picture, opened: what is known of it, how it is looked at closely, and compared with another. */

const app = appUnderTest(publishThreeDays)
let user: AppPage

async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
  user = await app.openSignedIn(path, { timezoneId: 'UTC', ...options })
}

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
    const before = await user.boxOf(shown)
    await fingers.move({ from: [x - 20, y], to: [x - 100, y] }, { from: [x + 20, y], to: [x + 100, y] })
    await eventually(async () => expect((await user.boxOf(shown)).width).toBeGreaterThan(before.width * 2))
    const large = await user.boxOf(shown)
    await fingers.move({ from: [x, y], to: [x + 40, y + 10] })
    await eventually(async () => expect((await user.boxOf(shown)).x).toBeGreaterThan(large.x + 20))
    await user.dialog.getByRole('button', { name: 'Actual pixels' }).tap()
    await eventually(async () => expect((await user.boxOf(shown)).width).toBeCloseTo(before.width, 0))

    const alt = await shown.getAttribute('alt')
    await fingers.move({ from: [x + 80, y], to: [x - 80, y] })
    await eventually(async () => expect(await shown.getAttribute('alt')).not.toBe(alt))
    await eventually(async () => expect(user.address('t')).toBe(String(LAST - 2 * DAY + TAKEN_EVERY)))
    await user.dialog.getByRole('button', { name: 'Show on timeline' }).tap()
    await user.dialog.waitFor({ state: 'detached' })
  })

  it('is compared with the same time of another day, by an address that can be shared', async () => {
    await open(`${whole}&t=${LAST - TAKEN_EVERY}&image=cam1`)
    await user.dialog.getByRole('button', { name: 'Yesterday' }).click()
    await user.dialog.getByText('cam1: 1 day apart').waitFor()
    expect(user.address('compare')).toBe(String(LAST - TAKEN_EVERY - DAY))
    const change = user.dialog.getByRole('row').filter({ hasText: 'temp' })
    await change.getByText('±0 °C').waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.dialog.getByRole('button', { name: 'Earlier: picture before' }).click()
    await eventually(async () =>
      expect(user.address('compare')).toBe(String(LAST - TAKEN_EVERY - DAY - TAKEN_EVERY)),
    )
    await user.dialog.getByRole('button', { name: 'Difference' }).click()
    await user.dialog.getByText('% of the picture differs').waitFor()
    await user.page.reload()
    await user.dialog.getByText('% of the picture differs').waitFor()
    await user.page.keyboard.press('Escape')
    await user.dialog.getByText('160 × 120 pixels, JPEG').waitFor()
  })

  it('is found on the timeline, and shared by a link', async () => {
    await open(`${whole}&t=${LAST - TAKEN_EVERY}&image=cam1`)
    await user.dialog.getByText('160 × 120 pixels, JPEG').waitFor()
    await user.dialog.getByRole('button', { name: 'Copy link' }).click()
    await user.dialog.getByText('Link copied').waitFor()
    expect(await user.page.evaluate(() => navigator.clipboard.readText())).toBe(user.page.url())
    await user.dialog.getByRole('button', { name: 'Show on timeline' }).click()
    await user.dialog.waitFor({ state: 'detached' })
    expect(user.address('t')).toBe(String(LAST - TAKEN_EVERY))
    expect(user.address('from')).toBe(String(FIRST))
  })

  it('leaves the cursor at the picture that was seen last, and Back where it was before', async () => {
    await open(`${whole}&t=${FIRST}`)
    const frames = user.page.getByRole('list', { name: 'Pictures of cam1' }).getByRole('button')
    for (const close of ['Escape', 'Back']) {
      await frames.nth(1).click()
      await user.dialog.getByText('160 × 120 pixels, JPEG').waitFor()
      const clicked = Number(user.address('t'))
      await user.page.keyboard.press('ArrowRight')
      await eventually(async () => expect(user.address('t')).toBe(String(clicked + TAKEN_EVERY)))
      const before = close === 'Escape' ? clicked + TAKEN_EVERY : FIRST
      if (close === 'Escape') await user.page.keyboard.press('Escape')
      else await user.page.goBack()
      await user.dialog.waitFor({ state: 'detached' })
      await eventually(async () => expect(user.address('t')).toBe(String(before)))
      await user.goTo(`${whole}&t=${FIRST}`)
    }
  })
})
