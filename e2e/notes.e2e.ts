import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { AppPage } from './drivers/app-page.ts'
import { appUnderTest } from './drivers/app-under-test.ts'
import { PHONE } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { DAY, FIRST, HOUR, MINUTE, publishThreeDays, whole } from './drivers/three-days.ts'

/** What people say about an instant or a range, on the lane above the time axis. */

const app = appUnderTest(publishThreeDays)
let user: AppPage

async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
  user = await app.openSignedIn(path, { timezoneId: 'UTC', ...options })
}

describe('notes', () => {
  const lane = () => user.page.getByRole('region', { name: 'Notes' })
  const flag = (text: string | RegExp) => lane().getByRole('button', { name: text })

  /** Where the lane lies once everything above it is there. */
  async function laneBox() {
    const film = user.page.getByRole('list', { name: 'Pictures of cam1' })
    await film.getByRole('button').first().waitFor()
    await user.button('Least, mean and greatest').waitFor()
    await user.settled()
    return user.boxOf(lane())
  }

  async function write(text: string): Promise<void> {
    await user.dialog.getByLabel('Note', { exact: true }).fill(text)
    await user.dialog.getByRole('button', { name: 'Save' }).click()
    await user.dialog.waitFor({ state: 'detached' })
  }

  async function deleteAll(): Promise<void> {
    const { client } = app.account
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
    expect(user.address('from')).toBe(String(FIRST))

    const box = await laneBox()
    const [x, y] = [box.x + box.width * 0.45, box.y + box.height / 2]
    await user.page.mouse.move(x, y)
    await user.page.mouse.down()
    await user.page.mouse.move(x + 80, y, { steps: 4 })
    await user.page.mouse.up()
    const [from, to] = [await user.field('From').inputValue(), await user.field('Until').inputValue()]
    expect(Date.parse(to)).toBeGreaterThan(Date.parse(from) + HOUR)
    await write('Fan off')
    const { notes } = await app.account.client.notes.list('rpi')
    expect(notes.map(({ text, from: start, to: end }) => [text, start, end])).toEqual([
      ['at the cursor, + and - and arrows typed', FIRST + DAY, null],
      ['Fan off', expect.any(Number), expect.any(Number)],
    ])
  })

  it('share a flag where they lie on each other, and are listed with a way to each', async () => {
    await deleteAll()
    const { client } = app.account
    for (const minutes of [0, 5, 10]) {
      await client.notes.create('rpi', { text: `note ${minutes}`, from: FIRST + DAY + minutes * MINUTE })
    }
    await open(whole)
    await flag(/^3 notes/).waitFor()
    await user.button('Notes: 3 in this range').click()
    const list = user.dialog.getByRole('listitem')
    await list.nth(2).waitFor()
    await list.filter({ hasText: 'note 10' }).getByTitle('Show it on the timeline').click()
    await eventually(async () => expect(user.address('t')).toBe(String(FIRST + DAY + 10 * MINUTE)))
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
