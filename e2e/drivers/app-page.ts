import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { sha1 } from './ledger.ts'

export interface Person {
  readonly email: string
  readonly password: string
}

/** A field as a person describes it in the dialog. */
export interface DescribedField {
  readonly name: string
  /** As the list of types says it. */
  readonly type: 'Number' | 'Image' | 'On or off' | 'Location'
  readonly unit?: string
}

/** The web app as a person sees and uses it: by roles, labels and texts. */
export class AppPage {
  readonly page: Page
  /** Uncaught errors and error messages of the page; a test expects none. */
  readonly errors: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.errors.push(String(error)))
    page.on('console', (message) => {
      // The browser itself reports refused requests; whether they were right is for the test to say.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.errors.push(message.text())
      }
    })
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(path)
  }

  /** A part of what the address asks for; null when it isn't there. */
  address(name: string): string | null {
    return new URL(this.page.url()).searchParams.get(name)
  }

  /** Where it lies in the window, CSS pixels. */
  async boxOf(locator: Locator) {
    const box = await locator.boundingBox()
    if (box === null) throw new Error('It cannot be seen.')
    return box
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', typeof name === 'string' ? { name, exact: true } : { name })
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', typeof name === 'string' ? { name, exact: true } : { name })
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog').or(this.page.getByRole('alertdialog'))
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  async seesPage(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  }

  /** Waits until nothing is on its way any more: no request that shows, no picture, no movement. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector('[aria-busy="true"]') === null &&
        [...document.images].every((image) => image.complete) &&
        document
          .getAnimations()
          .every(
            ({ playState, effect }) =>
              playState !== 'running' || effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
          ),
    )
  }

  async signIn({ email, password }: Person): Promise<void> {
    await this.seesPage('Sign in')
    await this.field('E-mail').fill(email)
    await this.field('Password').fill(password)
    await this.button('Sign in').click()
  }

  /** Opens a page behind the sign-in. */
  async openSignedIn(path: string, person: Person): Promise<void> {
    await this.goTo(path)
    await this.signIn(person)
    await this.page.waitForURL((url) => url.pathname === new URL(path, url).pathname)
  }

  /** Fills the dialog "Create new sensor" and submits it. */
  async createSensor(name: string, fields: readonly DescribedField[]): Promise<void> {
    await this.button('New sensor').click()
    await this.dialog.getByLabel('Name', { exact: true }).fill(name)
    for (const [index, field] of fields.entries()) {
      const rows = this.dialog.getByRole('listitem')
      if (index >= (await rows.count()))
        await this.dialog.getByRole('button', { name: 'Add a field' }).click()
      const row = rows.nth(index)
      await row.getByLabel('Name of the field').fill(field.name)
      await row.getByLabel('Type').click()
      await this.page.getByRole('option', { name: new RegExp(`^${field.type}`) }).click()
      if (field.unit !== undefined) await this.fillUnit(row, field.unit)
    }
    await this.dialog.getByRole('button', { name: 'Create the sensor' }).click()
    await this.seesPage(`Connect ${name}`)
  }

  /** Types a unit, and leaves the list of suggestions. */
  async fillUnit(within: Locator, unit: string): Promise<void> {
    await within.getByLabel('Unit').fill(unit)
    await this.page.keyboard.press('Tab')
    await this.page.getByRole('listbox').waitFor({ state: 'hidden' })
  }

  /** Presses a button that copies, and gives what is in the clipboard then. */
  async copy(label: string): Promise<string> {
    const button = this.button(label)
    await button.click()
    await button.getByText('Copied').waitFor()
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /** Saves a file by pressing a link, and gives the SHA-1 of its bytes. */
  async download(link: Locator): Promise<{ readonly name: string; readonly sha1: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()])
    const stream = await download.createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    return { name: download.suggestedFilename(), sha1: sha1(Buffer.concat(chunks)) }
  }

  /** What axe finds wrong: each with its rule and the element. */
  async accessibilityFaults(): Promise<readonly string[]> {
    const { violations, passes } = await new AxeBuilder({ page: this.page }).analyze()
    if (passes.length === 0) throw new Error('axe saw no page.')
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))
  }

  /** By how many pixels the page is wider than the window. */
  async overhang(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
