import { MINUTE, SenioError, timestampMs } from '@senio/protocol'
import { describe, expect, it, vi } from 'vitest'
import type { AccountId } from '../../storage/account-store.ts'
import { anna, ben, peopleApp, populatedApp } from './testing/people-app.ts'

describe('signing in', () => {
  it('sets a cookie that scripts of a page cannot read', async () => {
    const { ask, asPage } = await populatedApp()
    const answer = await ask('POST', '/session', anna)
    expect(answer).toMatchObject({ status: 201, json: { email: anna.email, role: 'admin' } })
    expect(answer.headers['set-cookie']).toMatch(
      /^senio_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
    )
    expect(await ask('GET', '/me', undefined, asPage(answer.cookie))).toMatchObject({ json: answer.json })
  })

  it('marks the cookie Secure when the request came over https', async () => {
    const { ask, accounts } = await peopleApp({ trustProxy: true })
    await accounts.create(anna)
    const answer = await ask('POST', '/session', anna, { 'x-forwarded-proto': 'https' })
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-senio_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('takes over https only a cookie that no neighbour can have set', async () => {
    const { ask, accounts } = await peopleApp({ trustProxy: true })
    await accounts.create(anna)
    const https = { 'x-forwarded-proto': 'https' }
    const { headers } = await ask('POST', '/session', anna, https)
    const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
    expect(await ask('GET', '/me', undefined, { ...https, cookie })).toMatchObject({ status: 200 })
    const planted = cookie.replace('__Host-', '')
    expect(await ask('GET', '/me', undefined, { ...https, cookie: planted })).toMatchObject({ status: 401 })
    expect(await ask('GET', '/me', undefined, { cookie })).toMatchObject({ status: 401 })
  })

  it('rotates a session that was there before, so that none can be fixed', async () => {
    const { ask, asPage } = await populatedApp()
    const planted = await ask('POST', '/session', ben)
    const answer = await ask('POST', '/session', anna, asPage(planted.cookie))
    expect(answer.cookie).not.toBe(planted.cookie)
    expect(await ask('GET', '/me', undefined, asPage(planted.cookie))).toMatchObject({ status: 401 })
    const invented = await ask('POST', '/session', anna, asPage('invented'))
    expect(invented.cookie).not.toBe('invented')
    expect(await ask('GET', '/me', undefined, asPage('invented'))).toMatchObject({ status: 401 })
  })

  it('answers the same for a wrong password and an unknown address', async () => {
    const { ask } = await populatedApp()
    const wrong = await ask('POST', '/session', { ...anna, password: 'wrong' })
    const unknown = await ask('POST', '/session', { ...anna, email: 'nobody@example.org' })
    expect(wrong).toMatchObject({ status: 401, json: { code: 'wrong-credentials' }, cookie: null })
    expect(unknown.json).toEqual(wrong.json)
  })

  it('throttles 20 wrong passwords, and says how long to wait', async () => {
    const { ask, clock } = await populatedApp()
    const answers = []
    for (let i = 0; i < 20; i++)
      answers.push(await ask('POST', '/session', { ...anna, password: `wrong${i}` }))
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), ...Array(10).fill(429)])
    expect(answers.at(-1)).toMatchObject({ json: { code: 'rate-limited' }, headers: { 'retry-after': '1' } })
    clock.now = timestampMs(clock.now + MINUTE)
    expect(await ask('POST', '/session', anna)).toMatchObject({ status: 201 })
  })

  it("is not done by another site's page", async () => {
    const { ask } = await populatedApp()
    expect(await ask('POST', '/session', anna, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      json: { code: 'wrong-origin' },
    })
  })

  it('ends at sign-out', async () => {
    const { ask, asPage } = await populatedApp()
    const { cookie } = await ask('POST', '/session', anna)
    const out = await ask('DELETE', '/session', undefined, asPage(cookie))
    expect(out).toMatchObject({
      status: 204,
      json: null,
      cookie: '',
      headers: { 'clear-site-data': '"cache"' },
    })
    expect(await ask('GET', '/me', undefined, asPage(cookie))).toMatchObject({ status: 401 })
  })
})

describe('changing the password', () => {
  it('ends every other session', async () => {
    const { ask, asPage } = await populatedApp()
    const mine = await ask('POST', '/session', anna)
    const other = await ask('POST', '/session', anna)
    const change = { currentPassword: anna.password, newPassword: 'another password' }
    expect(await ask('PATCH', '/me', change, asPage(mine.cookie))).toMatchObject({
      status: 200,
      json: mine.json,
    })
    expect(await ask('GET', '/me', undefined, asPage(mine.cookie))).toMatchObject({ status: 200 })
    expect(await ask('GET', '/me', undefined, asPage(other.cookie))).toMatchObject({ status: 401 })
    expect(await ask('POST', '/session', anna)).toMatchObject({ status: 401 })
  })

  it('needs the current one, and keeps the session when that is wrong', async () => {
    const { ask, asPage } = await populatedApp()
    const { cookie } = await ask('POST', '/session', anna)
    const change = { currentPassword: 'wrong', newPassword: 'another password' }
    expect(await ask('PATCH', '/me', change, asPage(cookie))).toMatchObject({
      status: 422,
      json: { code: 'parameter-invalid', field: 'currentPassword' },
    })
    expect(await ask('GET', '/me', undefined, asPage(cookie))).toMatchObject({ status: 200 })
  })
})

describe('set-up', () => {
  it('makes the first account by its token, signs it in, and is over', async () => {
    const { ask, asPage, setup } = await peopleApp()
    expect(await ask('GET', '/setup')).toMatchObject({ status: 200, json: { needed: true } })
    const token = await setup.token()
    expect(await ask('POST', '/setup', { ...anna, token: 'wrong' })).toMatchObject({
      status: 403,
      json: { code: 'setup-refused' },
    })
    const answer = await ask('POST', '/setup', { ...anna, token })
    expect(answer).toMatchObject({ status: 201, json: { email: anna.email, role: 'admin' } })
    expect(await ask('GET', '/me', undefined, asPage(answer.cookie))).toMatchObject({ status: 200 })
    expect(await ask('GET', '/setup')).toMatchObject({ json: { needed: false } })
    expect(await ask('POST', '/setup', { ...ben, token })).toMatchObject({ status: 403 })
  })
})

describe('accounts and tokens', () => {
  it('are created, listed and deleted', async () => {
    const { ask, asPage, sessions } = await populatedApp()
    const page = asPage((await sessions.signIn({ ...anna, client: '' })).token)
    const carl = { email: 'Carl@example.org', password: 'some password' }
    const created = await ask('POST', '/accounts', carl, page)
    expect(created).toMatchObject({ status: 201, json: { email: 'carl@example.org', role: 'member' } })
    expect(await ask('POST', '/accounts', carl, page)).toMatchObject({
      status: 409,
      json: { code: 'name-taken' },
    })
    const first = await ask('GET', '/accounts?limit=2', undefined, page)
    const { accounts, next } = first.json as { accounts: object[]; next: string }
    expect(accounts).toMatchObject([{ email: anna.email }, { email: ben.email }])
    const second = await ask('GET', `/accounts?limit=2&cursor=${next}`, undefined, page)
    expect(second.json).toEqual({ accounts: [created.json], next: null })
    const { id } = created.json as { id: number }
    expect(await ask('DELETE', `/accounts/${id}`, undefined, page)).toMatchObject({ status: 204, json: null })
    expect(await ask('DELETE', `/accounts/${id}`, undefined, page)).toMatchObject({ status: 404 })
  })

  it('show a token once, and refuse it as soon as it is revoked', async () => {
    const { ask, asPage, sessions } = await populatedApp()
    const page = asPage((await sessions.signIn({ ...anna, client: '' })).token)
    const created = await ask('POST', '/tokens', { label: ' backup ' }, page)
    const { token, ...rest } = created.json as { id: number; token: string }
    expect(rest).toMatchObject({ label: 'backup', lastUsed: null })
    const script = { authorization: `Bearer ${token}` }
    expect(await ask('GET', '/me', undefined, script)).toMatchObject({ status: 200 })
    const list = await ask('GET', '/tokens', undefined, page)
    expect(list.json).toMatchObject({ tokens: [{ id: rest.id, lastUsed: expect.any(Number) }], next: null })
    expect(JSON.stringify(list.json)).not.toContain(token)
    expect(await ask('DELETE', `/tokens/${rest.id}`, undefined, script)).toMatchObject({ status: 204 })
    expect(await ask('GET', '/me', undefined, script)).toMatchObject({ status: 401 })
  })
})

describe('sessions', () => {
  const idsOf = (json: unknown) => (json as { sessions: { id: string; current: boolean }[] }).sessions

  it('are listed with the one that asks, and end one by one', async () => {
    const { ask, asPage, clock } = await populatedApp()
    const old = await ask('POST', '/session', anna)
    clock.now = timestampMs(clock.now + MINUTE)
    const mine = await ask('POST', '/session', anna)
    await ask('POST', '/session', ben)
    const page = asPage(mine.cookie)
    const { json } = await ask('GET', '/sessions', undefined, page)
    const [first, second, ...more] = idsOf(json)
    expect(more).toEqual([])
    expect(first).toMatchObject({
      current: true,
      created: clock.now,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(second).toMatchObject({ current: false, created: clock.now - MINUTE })
    expect(await ask('DELETE', `/sessions/${second?.id}`, undefined, page)).toMatchObject({ status: 204 })
    expect(await ask('GET', '/me', undefined, asPage(old.cookie))).toMatchObject({ status: 401 })
    expect(await ask('GET', '/me', undefined, page)).toMatchObject({ status: 200 })
    for (const id of [second?.id, first?.id.slice(0, 8), '%25', 'x'.repeat(64)])
      expect(await ask('DELETE', `/sessions/${id}`, undefined, page)).toMatchObject({ status: 404 })
  })

  it("of others can't be ended", async () => {
    const { ask, asPage } = await populatedApp()
    const theirs = asPage((await ask('POST', '/session', ben)).cookie)
    const [session] = idsOf((await ask('GET', '/sessions', undefined, theirs)).json)
    const mine = asPage((await ask('POST', '/session', anna)).cookie)
    expect(await ask('DELETE', `/sessions/${session?.id}`, undefined, mine)).toMatchObject({ status: 404 })
    expect(await ask('DELETE', '/sessions', undefined, mine)).toMatchObject({ status: 204 })
    expect(await ask('GET', '/me', undefined, theirs)).toMatchObject({ status: 200 })
  })

  it('of an account are ended by an administrator, and by nobody else', async () => {
    const { ask, asPage, accounts, apiTokens } = await populatedApp()
    const { id = 0 as AccountId } = (await accounts.findByEmail(ben.email)) ?? {}
    const { token } = await apiTokens.create(id, '')
    const theirs = [await ask('POST', '/session', ben), await ask('POST', '/session', ben)]
    const mine = asPage((await ask('POST', '/session', anna)).cookie)
    const path = `/accounts/${id}/sessions`
    expect(await ask('DELETE', path, undefined, asPage(theirs[0]?.cookie ?? ''))).toMatchObject({
      status: 403,
    })
    expect(await ask('DELETE', path, undefined, mine)).toMatchObject({ status: 204 })
    for (const { cookie } of theirs)
      expect(await ask('GET', '/me', undefined, asPage(cookie))).toMatchObject({ status: 401 })
    expect(await ask('GET', '/me', undefined, mine)).toMatchObject({ status: 200 })
    const script = { authorization: `Bearer ${token}` }
    expect(await ask('GET', '/me', undefined, script)).toMatchObject({ status: 200 })
    expect(await ask('DELETE', '/accounts/999999/sessions', undefined, mine)).toMatchObject({ status: 404 })
  })

  it('that a full disk keeps in memory are ended with the others', async () => {
    const { ask, asPage, accounts, stores, sessions } = await populatedApp()
    const { id = 0 as AccountId } = (await accounts.findByEmail(ben.email)) ?? {}
    vi.spyOn(stores.sessions, 'create').mockRejectedValue(new SenioError('storage-full', 'No room.'))
    const { cookie } = await ask('POST', '/session', ben)
    expect(await ask('GET', '/me', undefined, asPage(cookie))).toMatchObject({ status: 200 })
    await sessions.endAll(id)
    expect(await ask('GET', '/me', undefined, asPage(cookie))).toMatchObject({ status: 401 })
  })

  it('end everywhere else at once', async () => {
    const { ask, asPage } = await populatedApp()
    const [mine, other] = [await ask('POST', '/session', anna), await ask('POST', '/session', anna)]
    expect(await ask('DELETE', '/sessions', undefined, asPage(mine.cookie))).toMatchObject({ status: 204 })
    expect(await ask('GET', '/me', undefined, asPage(mine.cookie))).toMatchObject({ status: 200 })
    expect(await ask('GET', '/me', undefined, asPage(other.cookie))).toMatchObject({ status: 401 })
  })
})
