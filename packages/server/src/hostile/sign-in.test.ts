import { MINUTE, timestampMs } from '@senio/protocol'
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

  it('is throttled after ten wrong passwords, known account or not, and says how long to wait', async () => {
    for (const email of [GOOD.email, 'nobody@example.org']) {
      server.now = timestampMs(server.now + 24 * 60 * MINUTE)
      const answers: Response[] = []
      for (let n = 0; n < 12; n++) answers.push(await signIn({ email, password: `wrong ${n}` }))
      expect(answers.map(({ status }) => status)).toStrictEqual([...Array<number>(10).fill(401), 429, 429])
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answers.at(-1)?.json()).toMatchObject({ code: 'rate-limited' })
    }
    server.now = timestampMs(server.now + 15 * MINUTE)
    expect((await signIn(GOOD)).status).toBe(201)
  })
})
