import { beforeEach, describe, expect, it } from 'vitest'
import { darkJpeg, jpeg } from '../packages/server/src/testing/test-images.ts'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { eventually } from './drivers/eventually.ts'

/** Which pictures are played, and what a picture is compared with. */

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Noon in Berlin, in winter; the year before was a leap year. */
const LAST = Date.UTC(2025, 0, 20, 11)
const YEAR = Date.UTC(2025, 0, 20) - Date.UTC(2024, 0, 20)
/** In hours before the last picture: every six, of three days, of which those at midnight and at six are dark. */
const TAKEN = Array.from({ length: 13 }, (_, i) => 72 - i * 6)

const app = appUnderTest(async (account) => {
  const device = await account.sensor('garden', ['temp:scalar:celsius', 'cam1:image'])
  for (const ago of TAKEN) {
    const isNight = ago % 24 === 12 || ago % 24 === 6
    await device.raw(
      'cam1',
      LAST - ago * HOUR,
      isNight ? await darkJpeg(64, 48, ago) : await jpeg(64, 48, ago + 1),
    )
  }
  for (const [ago, temp] of [
    [0, 4],
    [7 * DAY, 1.5],
    [YEAR, -2],
  ] as const) {
    const t = LAST - ago
    await device.json({ timestamp: t, data: { temp } })
    if (ago > 0) await device.raw('cam1', t, await jpeg(64, 48, 100 + ago / DAY))
  }
  const { images } = await account.client.images('garden', { limit: 100 })
  for (const { image } of images) await account.image('garden', image, 'thumb')
})
let user: AppPage

describe('the player', () => {
  beforeEach(async () => {
    user = await app.openSignedIn(`/sensors/garden?from=${LAST - 3 * DAY}&to=${LAST + HOUR}&t=${LAST}`)
    await user.button('Which pictures are played').click()
  })

  /** Hours before the last picture, of the pictures that it steps through. */
  async function stepsBack(count: number): Promise<readonly number[]> {
    const steps: number[] = []
    let before = LAST
    for (let i = 0; i < count; i++) {
      await user.button('Frame before').click()
      await eventually(async () => expect(Number(user.address('t'))).toBeLessThan(before))
      before = Number(user.address('t'))
      steps.push((LAST - before) / HOUR)
    }
    return steps
  }

  it('leaves out the dark, told by what the camera saw', async () => {
    await user.field('Only daylight').check()
    await user.sees('Dark pictures are left out')
    await user.page.keyboard.press('Escape')
    expect(await stepsBack(4)).toEqual([18, 24, 42, 48])
  })

  it('shows one picture a day at the time that one chooses, and keeps that', async () => {
    await user.field('One a day').check()
    await user.field('At').fill('17:30')
    await user.page.keyboard.press('Escape')
    expect(await stepsBack(2)).toEqual([18, 42])
    await user.page.reload()
    await user.button('Which pictures are played').click()
    expect(await user.field('At').inputValue()).toBe('17:30')
  })

  it('says so when no picture is like that', async () => {
    await user.field('Some hours of each day').check()
    await user.field('From').fill('07:00')
    await user.field('To').fill('08:00')
    await user.page.keyboard.press('Escape')
    await user.button('Play').click()
    await user.sees('There are no such pictures in this range')
  })
})

describe('a picture', () => {
  it('is compared with the same time of last week and of last year', async () => {
    user = await app.openSignedIn(`/sensors/garden?range=week&t=${LAST}&image=cam1`)
    await user.dialog.getByRole('button', { name: 'Last week' }).click()
    await user.dialog.getByText('cam1: 7 days apart').waitFor()
    const temp = user.dialog.getByRole('row').filter({ hasText: 'temp' })
    await temp.getByText('+2.5 °C').waitFor()
    await user.dialog.getByRole('button', { name: 'Last year' }).click()
    await user.dialog.getByText('cam1: 1 year apart').waitFor()
    await temp.getByText('+6 °C').waitFor()
    expect(user.address('compare')).toBe(String(LAST - YEAR))
  })
})
