import type { Locator } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppPage } from './drivers/app-page.ts'
import { PHONE } from './drivers/browser.ts'
import { eventually } from './drivers/eventually.ts'
import { sha1 } from './drivers/ledger.ts'
import { ADMIN } from './drivers/test-server.ts'
import { DAY, field, FROM, HOUR, LAST, viewsUnderTest } from './drivers/views-under-test.ts'

/** What a person does to see several sensors on one page. */

const { app, pictures, composed, stored } = viewsUnderTest()
let user: AppPage
beforeEach(async () => {
  user = await app.open()
})

/** The handle that a panel of the editor is dragged by, in CSS pixels of the window. */
async function middleOf(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await user.boxOf(element)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function panels(): Locator {
  return user.page.getByRole('region', { name: 'Panels', exact: true }).locator(':scope > ul > li')
}

/** The pictures shown at the cursor, by their addresses. */
function cameraAddresses(): Promise<readonly string[]> {
  return user.page
    .locator('figure img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src))
}

describe('a view composed by mouse', () => {
  it('shows fields of several sensors and a camera on one cursor, and is there after a reload', async () => {
    await user.openSignedIn('/views', ADMIN)
    await user.heading('Compose your first view').waitFor()
    await user.page.getByRole('main').getByRole('link', { name: 'New view' }).click()
    await user.seesPage('New view')
    await user.button('Add panels').click()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.field('Search fields and sensors').fill('temp')
    await user.dialog.getByLabel('house · temp').check()
    await user.dialog.getByLabel('yard · temp').check()
    await user.field('Search fields and sensors').fill('cam')
    await user.dialog.getByLabel('house · cam1').check()
    await user.dialog.getByRole('button', { name: 'Add 3 fields' }).click()
    await user.dialog.waitFor({ state: 'detached' })
    expect(await panels().count()).toBe(2)

    // The preview lives: what is composed is seen at once.
    const preview = user.page.getByRole('region', { name: 'Preview' })
    await preview
      .getByRole('list', { name: 'Pictures of cam1' })
      .or(preview.locator('figure'))
      .first()
      .waitFor()

    const second = await middleOf(panels().nth(1).locator('[aria-hidden="true"]').first())
    const first = await middleOf(panels().nth(0).locator('[aria-hidden="true"]').first())
    await user.page.mouse.move(second.x, second.y)
    await user.page.mouse.down()
    await user.page.mouse.move(first.x, first.y - 40, { steps: 8 })
    await user.page.mouse.up()
    await user.button('Save').click()
    await user.sees('Give the view a name.')
    await user.field('Name of the view').fill('Morning')
    await user.button('Save').click()
    await user.seesPage('Morning')
    expect(await stored('Morning')).toEqual([['house/cam1'], ['house/temp', 'yard/temp']])

    await user.goTo(`${new URL(user.page.url()).pathname}?${DAY}`)
    await user.seesPage('Morning')
    await user.settled()
    const graph = user.page.locator('[data-drag="zoom"]').first()
    const box = await user.boxOf(graph)
    await user.page.mouse.move(box.x + box.width - 100, box.y + 20)
    await user.page.mouse.click(box.x + box.width - 100, box.y + 20)
    await user.page.waitForURL(/[?&]t=/)
    const shows = async () => {
      const t = Number(user.address('t'))
      const hour = Math.ceil((LAST - t) / HOUR)
      await user.sees(`${20 + hour} °C`)
      await user.sees(`${100 + hour} °C`)
      const picture = pictures[hour]
      if (picture === undefined) throw new Error(`There is no picture ${hour} hours before.`)
      await eventually(async () =>
        expect((await cameraAddresses()).some((address) => address.includes(sha1(picture)))).toBe(true),
      )
    }
    await shows()
    await user.page.reload()
    await shows()
    expect(await user.accessibilityFaults()).toEqual([])
  })

  it('asks before what isn’t saved is left', async () => {
    const id = await composed('Morning', [field('house', 'temp')])
    await user.openSignedIn(`/views/${id}/edit`, ADMIN)
    await user.button('Remove Panel 1: temp').click()
    await user.sees('Panel 1: temp is removed')
    await user.page.getByRole('navigation').getByRole('link', { name: 'Sensors' }).click()
    await user.dialog.getByText('What you changed in Morning will be lost.').waitFor()
    await user.dialog.getByRole('button', { name: 'Cancel' }).click()
    await user.button('Undo').click()
    await user.button('Remove Panel 1: temp').waitFor()
    // Nothing has changed now: nobody is asked.
    await user.page.getByRole('navigation').getByRole('link', { name: 'Sensors' }).click()
    await user.seesPage('Sensors')
  })

  it('is not saved over what somebody else saved meanwhile, unless told to', async () => {
    const id = await composed('Morning', [field('house', 'temp')])
    await user.openSignedIn(`/views/${id}/edit`, ADMIN)
    await user.field('Height: Panel 1: temp').selectOption('Large')
    await app.account.client.views.update(id, { panels: [] })
    await user.button('Save').click()
    await user.dialog.getByText('This view was changed meanwhile').waitFor()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.dialog.getByRole('button', { name: 'Save mine', exact: true }).click()
    await user.seesPage('Morning')
    expect((await app.account.client.views.get(id)).panels).toMatchObject([{ rows: 8 }])
  })
})

describe('a view composed by keyboard', () => {
  it('begins as a sensor’s own, is put in order and sized, and saved', async () => {
    await user.openSignedIn(`/sensors/yard?${DAY}`, ADMIN)
    await user.link('Compose').focus()
    await user.page.keyboard.press('Enter')
    await user.seesPage('New view')
    expect(await user.field('Name of the view').inputValue()).toBe('yard')
    await user.field('Name of the view').focus()
    await user.page.keyboard.press('ControlOrMeta+A')
    await user.page.keyboard.type('By hand')
    await user.button('Move Panel 1: temp down').focus()
    await user.page.keyboard.press('Enter')
    await user.page.getByText('Panel 1: temp is now 2 of 3').waitFor({ state: 'attached' })
    await user.field('Width: Panel 2: temp').focus()
    await user.page.keyboard.press('ArrowDown')
    await user.button('Add fields to Panel 1: rain').focus()
    await user.page.keyboard.press('Enter')
    await user.dialog.getByLabel('house · humidity').focus()
    await user.page.keyboard.press('Space')
    await user.dialog.getByRole('button', { name: 'Add 1 field' }).focus()
    await user.page.keyboard.press('Enter')
    await user.dialog.waitFor({ state: 'detached' })
    await user.page.keyboard.press('ControlOrMeta+S')
    await user.seesPage('By hand')
    expect(await stored('By hand')).toEqual([['yard/rain', 'house/humidity'], ['yard/temp'], ['yard/gate']])
    const { views } = await app.account.client.views.list()
    expect(views[0]?.panels.map(({ columns }) => columns)).toEqual([12, 8, 12])
    // The range came along.
    expect(user.address('from')).toBe(String(FROM))
    await user.page.getByRole('slider', { name: 'Time cursor' }).focus()
    await user.page.keyboard.press('Home')
    await user.page.waitForURL(/[?&]t=/)
    await user.page.keyboard.press('e')
    await user.seesPage('Edit view')
    expect(user.address('t')).not.toBeNull()
  })

  it('has its panels moved and sized by arrows from anywhere in them', async () => {
    const id = await composed('Keys', [field('yard', 'rain')], [field('yard', 'temp')])
    await user.openSignedIn(`/views/${id}/edit`, ADMIN)
    await user.button('Add fields to Panel 2: temp').focus()
    await user.page.keyboard.press('Alt+ArrowUp')
    await user.page.getByText('Panel 2: temp is now 1 of 2').waitFor({ state: 'attached' })
    // The focus goes along.
    await user.page.keyboard.press('Alt+Shift+ArrowLeft')
    await user.page.keyboard.press('Alt+Shift+ArrowDown')
    expect(await user.field('Width: Panel 1: temp').inputValue()).toBe('twoThirds')
    expect(await user.field('Height: Panel 1: temp').inputValue()).toBe('large')
    await user.page.keyboard.press('Alt+ArrowDown')
    await user.page.keyboard.press('Alt+ArrowUp')
    await user.page.keyboard.press('ControlOrMeta+S')
    await user.seesPage('Keys')
    const { panels: saved } = await app.account.client.views.get(id)
    expect(saved.map(({ columns, rows, fields: [first] }) => [first?.field, columns, rows])).toEqual([
      ['temp', 8, 8],
      ['rain', 12, 4],
    ])
  })
})

describe('a view composed by touch', () => {
  it('works on a small phone', async () => {
    await user.close()
    user = await app.open({ ...PHONE, colorScheme: 'dark' })
    await composed('Morning', [field('house', 'temp')], [field('yard', 'rain')])
    await user.openSignedIn('/views', ADMIN)
    await user.heading('Morning').waitFor()
    await user.settled()
    expect(await user.accessibilityFaults()).toEqual([])
    await user.link('Morning').tap()
    await user.seesPage('Morning')
    await user.link('Edit').tap()
    await user.seesPage('Edit view')
    await user.button('Add panels').tap()
    await user.dialog.getByLabel('house · cam1').tap()
    expect(await user.overhang()).toBe(0)
    await user.dialog.getByRole('button', { name: 'Add 1 field' }).tap()
    await user.dialog.waitFor({ state: 'detached' })

    const touch = await user.page.context().newCDPSession(user.page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [at] })
    await panels().nth(1).scrollIntoViewIfNeeded()
    const from = await middleOf(panels().nth(1).locator('[aria-hidden="true"]').first())
    await send('touchStart', from)
    for (let y = from.y; y > from.y - 260; y -= 20) await send('touchMove', { x: from.x, y })
    await send('touchEnd')
    await user.page.getByText('Panel 2: rain is now 1 of 3').waitFor({ state: 'attached' })

    // A browser may take the first tap after a drag for the end of its movement.
    await eventually(async () => {
      await user.page.getByText('Preview', { exact: true }).tap()
      expect(await user.page.getByRole('radio', { name: 'Preview' }).isChecked()).toBe(true)
    })
    await user.page.getByRole('region', { name: 'Preview' }).getByText('house · temp').first().waitFor()
    await user.settled()
    expect(await user.overhang()).toBe(0)
    expect(await user.accessibilityFaults()).toEqual([])
    await user.button('Save').tap()
    await user.seesPage('Morning')
    expect(await stored('Morning')).toEqual([['yard/rain'], ['house/temp'], ['house/cam1']])
    await user.settled()
    expect(await user.overhang()).toBe(0)
    expect(await user.accessibilityFaults()).toEqual([])
  })
})
