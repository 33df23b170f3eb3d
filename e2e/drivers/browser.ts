import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { AppPage } from './app-page.ts'

/** As npm unpacked it; with its own flags for machines without a sandbox or a graphics card. */
const program = process.env['SENIO_TEST_BROWSER']

/** A small phone. */
export const PHONE = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
} as const satisfies BrowserContextOptions

/** One browser, for the tests of a file; each test opens a window of its own, with its own cookies. */
export class TestBrowser {
  readonly #browser: Browser

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async launch(): Promise<TestBrowser> {
    if (program === undefined) throw new Error('SENIO_TEST_BROWSER is not set: see e2e/prepare.mjs.')
    return new TestBrowser(await chromium.launch({ executablePath: program }))
  }

  /** A new window on a server's web app, at 1280×800 unless told otherwise. It fails on errors of the page. */
  async open(url: string, options: BrowserContextOptions = {}): Promise<AppPage> {
    const context = await this.#browser.newContext({
      baseURL: url,
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      // What is measured is where things end up, not how they move there.
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(10_000)
    return new AppPage(await context.newPage())
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
