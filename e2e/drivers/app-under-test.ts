import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { AppPage } from './app-page.ts'
import { TestBrowser } from './browser.ts'
import type { TestAccount } from './test-account.ts'
import { ADMIN, TestServer } from './test-server.ts'

/** What the tests of a file share: one server with one browser. */
export interface AppUnderTest {
  readonly account: TestAccount
  /** A new window, until the test ends. By then its page must have reported no error. */
  readonly open: (options?: BrowserContextOptions) => Promise<AppPage>
  /** The same, signed in and on a page. */
  readonly openSignedIn: (path: string, options?: BrowserContextOptions) => Promise<AppPage>
}

/** To be called once, at the top of a file. `fill` puts what the tests look at into the new installation. */
export function appUnderTest(fill: (account: TestAccount) => Promise<void>): AppUnderTest {
  const running = new AsyncDisposableStack()
  let browser: TestBrowser
  let server: TestServer
  let account: TestAccount
  let opened: AppPage[] = []

  beforeAll(async () => {
    browser = running.adopt(await TestBrowser.launch(), (launched) => launched.close())
    server = running.use(await TestServer.start())
    account = await server.account()
    await fill(account)
  })
  afterAll(() => running.disposeAsync())
  afterEach(async () => {
    const errors = opened.flatMap((page) => page.errors)
    for (const page of opened) await page.close()
    opened = []
    expect(errors).toEqual([])
  })

  async function open(options?: BrowserContextOptions): Promise<AppPage> {
    const page = await browser.open(server.url, options)
    opened.push(page)
    return page
  }
  return {
    get account() {
      return account
    },
    open,
    async openSignedIn(path, options) {
      const page = await open(options)
      await page.openSignedIn(path, ADMIN)
      return page
    },
  }
}
