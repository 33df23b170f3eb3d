import { describe, expect, it } from 'vitest'
import { anna, ben, populatedApp } from './testing/people-app.ts'

/** Who may do what is in `hostile/authorisation.test.ts`; here is what only browsers and scripts in good order meet. */

describe('the REST API', () => {
  it.each([
    { origin: 'http://localhost:80' },
    { origin: 'https://senio.example', host: 'senio.example' },
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'https://senio.example', 'sec-fetch-site': 'same-origin' },
    {},
  ])(
    'takes writes of its own page, and of scripts that say no origin: %j',
    async (headers: Record<string, string>) => {
      const { ask, sessions } = await populatedApp()
      const { token } = await sessions.signIn({ ...anna, client: '' })
      const answer = await ask(
        'POST',
        '/sensors',
        { name: 'new' },
        { cookie: `senio_session=${token}`, ...headers },
      )
      expect(answer.status).toBe(201)
    },
  )

  it('goes by the token where there is a cookie, too', async () => {
    const { ask, asScript } = await populatedApp()
    const script = await asScript(anna.email)
    expect(await ask('GET', '/me', undefined, { ...script, cookie: 'senio_session=x' })).toMatchObject({
      json: { email: anna.email },
    })
  })

  it('keeps the session when a proxy asks for a password of its own', async () => {
    const { ask, sessions, asPage } = await populatedApp()
    const { token } = await sessions.signIn({ ...anna, client: '' })
    const answer = await ask('GET', '/me', undefined, { ...asPage(token), authorization: 'Basic YTpi' })
    expect(answer.status).toBe(200)
  })

  it('answers for an id that is none as for one that nobody has', async () => {
    const { ask, asScript, apiTokens, owner } = await populatedApp()
    const { id, token } = await apiTokens.create(owner.id, '')
    const stranger = await asScript(ben.email)
    const theirs = await ask('DELETE', `/tokens/${id}`, undefined, stranger)
    expect(theirs.status).toBe(404)
    for (const none of ['12345', '0', '-1', '1e0', 'abc', '1.5', '99999999999999999999']) {
      expect(await ask('DELETE', `/tokens/${none}`, undefined, stranger)).toMatchObject({
        status: 404,
        json: theirs.json,
      })
    }
    expect((await apiTokens.open(token))?.account).toEqual(owner)
  })
})
