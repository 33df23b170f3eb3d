import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { TestServer } from '../testing/test-server.ts'

const GOOD = { email: 'ada@example.org', password: 'correct horse battery' }

describe.each(storageProfiles)('signing in on $name', (profile) => {
  let server: TestServer
  let url: string
  beforeAll(async () => {
    server = await TestServer.start(await profile.prepare())
    await server.account(GOOD.email)
    url = await server.listen()
  })
  afterAll(() => server.stop())

  const signIn = (body: object): Promise<Response> =>
    fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  /** Guesses at once. */
  async function guess(email: string): Promise<readonly Response[]> {
    const guesses = Array.from({ length: 20 }, (_, n) => signIn({ email, password: `wrong ${n}` }))
    return (await Promise.all(guesses)).toSorted((a, b) => a.status - b.status)
  }
  const wrong = (answers: readonly Response[]): number => {
    const statuses = answers.map(({ status }) => status)
    expect(new Set(statuses)).toStrictEqual(new Set([401, 429]))
    return statuses.filter((status) => status === 401).length
  }

  it('is throttled after so many wrong passwords, and says how long to wait', async () => {
    const began = performance.now()
    const known = wrong(await guess(GOOD.email))
    // Five more are all that this client has left, whoever's account it tries.
    const unknown = await guess('nobody@example.org')
    const all = known + wrong(unknown)
    /** One more for each wait of a second or more that was over: none on a machine that isn't slow. */
    const waits = Math.floor((performance.now() - began) / 1000)
    expect(known).toBeGreaterThanOrEqual(10)
    expect(known).toBeLessThanOrEqual(10 + waits)
    expect(all).toBeGreaterThanOrEqual(15)
    expect(all).toBeLessThanOrEqual(15 + waits)
    const last = unknown.at(-1)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last?.json()).toMatchObject({ code: 'rate-limited' })
    await expect.poll(async () => (await signIn(GOOD)).status, { timeout: 10_000, interval: 500 }).toBe(201)
  })
})
