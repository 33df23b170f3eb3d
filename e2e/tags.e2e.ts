import { describe, expect, it } from 'vitest'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { eventually } from './drivers/eventually.ts'
import { HOUR, LAST, publishThreeDays, timeOf, whole } from './drivers/three-days.ts'

/** A view that shows only what bears a tag. */

const app = appUnderTest(publishThreeDays)
let user: AppPage

async function open(path: string): Promise<void> {
  user = await app.openSignedIn(path, { timezoneId: 'UTC' })
}

describe('a tag', () => {
  it('filters graphs, pictures and the viewer, by an address that can be shared', async () => {
    await open(whole)
    await user.button('Filter by tag').click()
    await user.dialog.getByRole('button', { name: 'light:night', exact: true }).waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.dialog.getByRole('button', { name: 'light:night', exact: true }).click()
    await user.sees('Only measurements with the tag light:night.')
    await eventually(async () => expect(user.address('tag')).toBe('light:night'))
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
    await eventually(async () => expect(user.address('tag')).toBeNull())
  })

  it('filters a keogram', async () => {
    await open(`${whole}&tag=light:night&keogram=rpi/cam1`)
    const canvas = user.page.getByRole('img', { name: /^Keogram of cam1/ })
    const opaqueAt = (share: number) =>
      canvas.evaluate((element, where) => {
        const { width, height } = element as HTMLCanvasElement
        const context = (element as HTMLCanvasElement).getContext('2d')
        return context?.getImageData(Math.round(where * width), height / 2, 1, 1).data[3] === 255
      }, share)
    // The second day's night and noon.
    await eventually(async () => expect(await opaqueAt((24 + 3) / 72)).toBe(true))
    await eventually(async () => expect(await canvas.getAttribute('aria-busy')).toBe('false'))
    expect(await opaqueAt((24 + 12) / 72)).toBe(false)
    await user.button('Show all').click()
    await eventually(async () => expect(await opaqueAt((24 + 12) / 72)).toBe(true))
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
