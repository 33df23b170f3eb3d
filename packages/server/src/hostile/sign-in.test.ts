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

  /** Guesses at once, before the first wait of a second is over. */
  async function guess(email: string): Promise<readonly Response[]> {
    const guesses = Array.from({ length: 20 }, (_, n) => signIn({ email, password: `wrong ${n}` }))
    return (await Promise.all(guesses)).toSorted((a, b) => a.status - b.status)
  }
  const times = (count: number, status: number): readonly number[] => Array<number>(count).fill(status)

  it('is throttled after so many wrong passwords, and says how long to wait', async () => {
    const known = await guess(GOOD.email)
    expect(known.map(({ status }) => status)).toStrictEqual([...times(10, 401), ...times(10, 429)])
    // Five more are all that this client has left, whoever's account it tries.
    const unknown = await guess('nobody@example.org')
    expect(unknown.map(({ status }) => status)).toStrictEqual([...times(5, 401), ...times(15, 429)])
    const last = unknown.at(-1)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last?.json()).toMatchObject({ code: 'rate-limited' })
    await expect.poll(async () => (await signIn(GOOD)).status, { timeout: 10_000, interval: 500 }).toBe(201)
  })
})
