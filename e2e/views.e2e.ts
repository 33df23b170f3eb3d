import { beforeEach, describe, expect, it } from 'vitest'
import type { AppPage } from './drivers/app-page.ts'
import { eventually } from './drivers/eventually.ts'
import { ADMIN } from './drivers/test-server.ts'
import { DAY, field, HOUR, LAST, viewsUnderTest } from './drivers/views-under-test.ts'

/** Several sensors on one page, as somebody has composed them. */

const { app, composed, stored } = viewsUnderTest()
let user: AppPage
beforeEach(async () => {
  user = await app.open()
})

describe('a saved view', () => {
  it('has its whole width where a camera stands beside graphs, and labels leave values alone', async () => {
    const third = (...fields: readonly ReturnType<typeof field>[]) => ({ columns: 4, rows: 4, fields })
    const { id } = await app.account.client.views.create({
      name: 'Thirds',
      panels: [
        third(field('house', 'temp'), field('yard', 'temp')),
        third(field('house', 'cam1')),
        third(field('yard', 'temp')),
      ],
    })
    await user.openSignedIn(`/views/${id}?${DAY}&t=${LAST}`, ADMIN)
    await user.button('Play').waitFor()
    await user.settled()
    const view = await user.page.locator('[data-timeline]').boundingBox()
    const main = await user.page.getByRole('main').boundingBox()
    expect(view?.width ?? 0).toBeGreaterThan((main?.width ?? 0) * 0.9)
    const overlaps = await user.page.locator('[data-timeline] button[aria-pressed]').evaluateAll((items) =>
      items.flatMap((item) => {
        const boxes = [...item.children]
          .map((part) => part.getBoundingClientRect())
          .filter((box) => box.width > 0)
        return boxes.filter((box, index) => index > 0 && box.left < (boxes[index - 1]?.right ?? 0) - 1)
      }),
    )
    expect(overlaps).toEqual([])
  })

  it('has the time axes of panels side by side on one line, whatever is above them', async () => {
    const temps = [field('house', 'temp'), field('yard', 'temp'), field('house', 'humidity')]
    const { id } = await app.account.client.views.create({
      name: 'Beside',
      panels: [
        { columns: 4, rows: 4, fields: temps },
        { columns: 4, rows: 2, fields: [field('yard', 'rain')] },
        { columns: 4, rows: 8, fields: [field('yard', 'rain')] },
      ],
    })
    await user.openSignedIn(`/views/${id}?${DAY}`, ADMIN)
    await user.button('Least, mean and greatest').nth(3).waitFor()
    await user.settled()
    await eventually(async () => {
      const plots = await user.page
        .locator('.uplot canvas')
        .evaluateAll((canvases) => canvases.map((canvas) => canvas.getBoundingClientRect().bottom))
      expect(plots).toHaveLength(4)
      expect(new Set(plots.slice(1)).size).toBe(1)
    })
  })

  it('says in its address which lines are hidden', async () => {
    const id = await composed('Lines', [field('house', 'temp'), field('yard', 'temp')])
    await user.openSignedIn(`/views/${id}?${DAY}`, ADMIN)
    const line = user.button(/^yard · temp/)
    await line.click()
    await eventually(async () => expect(user.address('hide')).toBe('yard/temp'))
    await user.page.reload()
    expect(await line.getAttribute('aria-pressed')).toBe('false')
    await line.click()
    await eventually(async () => expect(user.address('hide')).toBeNull())
  })

  it('is renamed, duplicated, deleted and brought back', async () => {
    await composed('Morning', [field('house', 'temp'), field('yard', 'temp')])
    await user.openSignedIn('/views', ADMIN)
    await user.button('More for Morning').click()
    await user.button('Rename').click()
    await user.dialog.getByLabel('Name', { exact: true }).fill('Evening')
    await user.dialog.getByRole('button', { name: 'Rename' }).click()
    await user.heading('Evening').waitFor()

    await user.button('More for Evening').click()
    await user.button('Duplicate').click()
    await user.heading('Evening (2)').waitFor()
    expect(await stored('Evening (2)')).toEqual([['house/temp', 'yard/temp']])

    await user.button('More for Evening (2)').click()
    await user.button('Rename').click()
    await user.dialog.getByLabel('Name', { exact: true }).fill('Evening')
    await user.dialog.getByRole('button', { name: 'Rename' }).click()
    await user.dialog.getByRole('alert').waitFor()
    await user.page.keyboard.press('Escape')

    await user.button('More for Evening (2)').click()
    await user.button('Delete').click()
    await user.dialog.getByRole('button', { name: 'Delete the view' }).click()
    await user.heading('Evening (2)').waitFor({ state: 'detached' })
    await user.button('Undo').click()
    await user.heading('Evening (2)').waitFor()
    expect(await stored('Evening (2)')).toEqual([['house/temp', 'yard/temp']])
  })

  it('shows a gap for what was deleted, and is repaired', async () => {
    await app.account.sensor('shed', ['temp:scalar', 'light:scalar'])
    const id = await composed(
      'Morning',
      [field('shed', 'light'), field('house', 'temp')],
      [field('shed', 'temp')],
    )
    await app.account.client.fields.delete('shed', 'light')
    await user.openSignedIn(`/views/${id}`, ADMIN)
    await user.sees('shed · light was deleted')
    expect(await user.accessibilityFaults()).toEqual([])
    await app.account.client.sensors.delete('shed')
    await user.page.reload()
    await user.sees('shed · temp was deleted')
    await user.link('Repair the view').first().click()
    await user.sees('2 fields of this view were deleted.')
    await user.button('Replace shed · light').click()
    await user.dialog.getByRole('button', { name: 'humidity' }).click()
    await user.button('Remove what was deleted').click()
    await user.button('Save').click()
    await user.seesPage('Morning')
    expect(await stored('Morning')).toEqual([['house/humidity', 'house/temp']])
  })

  it('opens a camera’s picture by an address that says whose it is', async () => {
    const id = await composed('Morning', [field('yard', 'temp')], [field('house', 'cam1')])
    await user.openSignedIn(`/views/${id}?${DAY}&t=${LAST}`, ADMIN)
    await user.page.locator('figure').getByRole('button').first().click()
    await user.dialog.getByText('320 × 240 pixels, JPEG').waitFor()
    expect(user.address('of')).toBe('house')
    await user.page.reload()
    await user.dialog.getByText('320 × 240 pixels, JPEG').waitFor()
    await user.page.keyboard.press('Escape')
    await user.dialog.waitFor({ state: 'detached' })
    expect(user.address('of')).toBeNull()
  })

  it('of many sensors asks once a sensor, hears them over one connection, and shows what they publish', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const devices = await Promise.all(
      names.map((name) => app.account.sensor(`many-${name}`, ['x:scalar', 'y:scalar:V'])),
    )
    for (const device of devices) await device.json({ timestamp: Date.now() - HOUR, data: { x: 1, y: 2 } })
    const id = await composed(
      'Many',
      names.map((name) => field(`many-${name}`, 'x')),
      names.map((name) => field(`many-${name}`, 'y')),
    )
    const asked: string[] = []
    user.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await user.openSignedIn(`/views/${id}`, ADMIN)
    await user.sees('Live')
    await user.settled()
    const graphs = asked.filter((path) => /many-.\/series$/.test(path))
    // One for the graph, and the overview's.
    expect(graphs.length).toBeLessThanOrEqual(names.length + 1)
    expect(asked.filter((path) => path.endsWith('/live'))).toEqual(['/api/v1/live'])
    await devices[6]?.json({ timestamp: Date.now(), data: { x: 77 } })
    await user.sees('77')
  })
})
