import { DAY, HOUR, MINUTE, SenioError, timestampMs } from '@senio/protocol'
import { describe, expect, it, vi } from 'vitest'
import { codeOf } from '../testing/error-code.ts'
import { testPeople } from '../testing/people.ts'
import { SESSION_DURATION, SESSION_IDLE } from './sessions.ts'

const anna = { email: 'anna@example.org', password: 'correct horse' }
const client = '192.0.2.1'

async function withAnna() {
  const people = testPeople()
  return { ...people, account: await people.accounts.create(anna) }
}

describe('sessions', () => {
  it('begin at sign-in with a token of their own and last 30 days, however much they are used', async () => {
    const { sessions, clock, account } = await withAnna()
    const first = await sessions.signIn({ ...anna, email: ' ANNA@example.org', client })
    const second = await sessions.signIn({ ...anna, client })
    expect(first.token).not.toBe(second.token)
    expect(Buffer.from(first.token, 'base64url')).toHaveLength(32)
    const end = timestampMs(clock.now + SESSION_DURATION)
    expect(first.expires).toBe(end)
    for (; clock.now < end; clock.now = timestampMs(clock.now + 6 * DAY))
      expect(await sessions.accountBySession(first.token)).toEqual(account)
    clock.now = timestampMs(end - 1)
    expect(await sessions.accountBySession(first.token)).toEqual(account)
    clock.now = end
    expect(await sessions.accountBySession(first.token)).toBeNull()
  })

  it('end after a fortnight without use', async () => {
    const { sessions, clock, account } = await withAnna()
    const used = await sessions.signIn({ ...anna, client })
    const idle = await sessions.signIn({ ...anna, client })
    clock.now = timestampMs(clock.now + SESSION_IDLE - 1)
    expect(await sessions.accountBySession(used.token)).toEqual(account)
    clock.now = timestampMs(clock.now + 1)
    expect(await sessions.accountBySession(idle.token)).toBeNull()
    expect(await sessions.accountBySession(used.token)).toEqual(account)
    const [listed, ...more] = await sessions.list(account.id, null)
    expect(more).toEqual([])
    expect(listed?.expires).toBe(clock.now - 1 + SESSION_IDLE)
  })

  it('write down their use once an hour at most', async () => {
    const { sessions, stores, clock } = await withAnna()
    const { token } = await sessions.signIn({ ...anna, client })
    const move = vi.spyOn(stores.sessions, 'move')
    for (let minutes = 0; minutes < 240; minutes++) {
      await Promise.all([sessions.accountBySession(token), sessions.accountBySession(token)])
      clock.now = timestampMs(clock.now + MINUTE)
    }
    expect(move).toHaveBeenCalledTimes(3)
  })

  it('open even when their use cannot be written down', async () => {
    const { sessions, stores, clock, account, errors } = await withAnna()
    const { token } = await sessions.signIn({ ...anna, client })
    const failure = new SenioError('storage-full', 'No room.')
    const move = vi.spyOn(stores.sessions, 'move').mockRejectedValue(failure)
    clock.now = timestampMs(clock.now + DAY)
    for (let i = 0; i < 5; i++) expect(await sessions.accountBySession(token)).toEqual(account)
    expect(move).toHaveBeenCalledTimes(1)
    expect(errors).toEqual([failure])
  })

  it('are no longer for a clock that was ahead, and end nobody who uses them', async () => {
    const { sessions, clock, account } = await withAnna()
    const right = clock.now
    clock.now = timestampMs(right + 20 * DAY)
    const [used, unused] = [
      await sessions.signIn({ ...anna, client }),
      await sessions.signIn({ ...anna, client }),
    ]
    clock.now = right
    for (; clock.now < right + SESSION_DURATION; clock.now = timestampMs(clock.now + 10 * DAY))
      expect(await sessions.accountBySession(used.token)).toEqual(account)
    expect(await sessions.accountBySession(used.token)).toBeNull()
    clock.now = timestampMs(right + 400 * DAY)
    const future = await sessions.signIn({ ...anna, client })
    clock.now = timestampMs(right + 34 * DAY)
    expect(await sessions.accountBySession(unused.token)).toBeNull()
    expect(await sessions.accountBySession(future.token)).toBeNull()
  })

  it('that a full disk keeps in memory are no longer for a clock that was ahead', async () => {
    const { sessions, stores, clock, account } = await withAnna()
    vi.spyOn(stores.sessions, 'create').mockRejectedValue(new SenioError('storage-full', 'No room.'))
    const { token } = await sessions.signIn({ ...anna, client })
    clock.now = timestampMs(clock.now - DAY)
    expect(await sessions.accountBySession(token)).toEqual(account)
    clock.now = timestampMs(clock.now + HOUR)
    expect(await sessions.accountBySession(token)).toBeNull()
  })

  it('end at sign-out, each by itself', async () => {
    const { sessions, account } = await withAnna()
    const first = await sessions.signIn({ ...anna, client })
    const second = await sessions.signIn({ ...anna, client })
    await sessions.end(first.token)
    await sessions.end('unknown')
    expect(await sessions.accountBySession(first.token)).toBeNull()
    expect(await sessions.accountBySession(second.token)).toEqual(account)
  })

  it('begin on a full disk, too: until sign-out, a new password, or an hour later', async () => {
    const { sessions, stores, accounts, clock, account } = await withAnna()
    vi.spyOn(stores.sessions, 'create').mockRejectedValue(new SenioError('storage-full', 'No room.'))
    const [first, second] = [
      await sessions.signIn({ ...anna, client }),
      await sessions.signIn({ ...anna, client }),
    ]
    expect(first.expires).toBe(clock.now + HOUR)
    expect(await sessions.accountBySession(first.token)).toEqual(account)
    await sessions.end(first.token)
    expect(await sessions.accountBySession(first.token)).toBeNull()

    clock.now = timestampMs(clock.now + HOUR - 1)
    expect(await sessions.accountBySession(second.token)).toEqual(account)
    const third = await sessions.signIn({ ...anna, client })
    clock.now = timestampMs(clock.now + 1)
    expect(await sessions.accountBySession(second.token)).toBeNull()
    expect(await sessions.accountBySession(third.token)).toEqual(account)
    await accounts.setPassword(account.id, 'another password', null)
    expect(await sessions.accountBySession(third.token)).toBeNull()
  })

  it('store no token', async () => {
    const { sessions, stores, clock } = await withAnna()
    const { token } = await sessions.signIn({ ...anna, client })
    expect(await stores.sessions.find(token, clock.now)).toBeNull()
  })

  it('refuse an unknown address as a wrong password, after the same work', async () => {
    const { sessions, hasher } = await withAnna()
    const wrong = await sessions
      .signIn({ ...anna, password: 'wrong', client })
      .catch((error: unknown) => error)
    expect(hasher.verifications).toBe(1)
    const unknown = await sessions
      .signIn({ ...anna, email: 'nobody@example.org', client })
      .catch((error: unknown) => error)
    expect(hasher.verifications).toBe(2)
    expect(unknown).toEqual(wrong)
    expect(unknown).toMatchObject({ code: 'wrong-credentials' })
  })

  it('throttle 20 wrong passwords, also when they come at once', async () => {
    const { sessions, hasher } = await withAnna()
    const attempts = Array.from({ length: 20 }, () =>
      codeOf(sessions.signIn({ ...anna, password: 'wrong', client })),
    )
    const codes = await Promise.all(attempts)
    expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(10)
    expect(hasher.verifications).toBe(10)
  })

  it('let a right password in after the wait', async () => {
    const { sessions, clock } = await withAnna()
    for (let i = 0; i < 20; i++) await codeOf(sessions.signIn({ ...anna, password: 'wrong', client }))
    expect(await codeOf(sessions.signIn({ ...anna, client }))).toBe('rate-limited')
    clock.now = timestampMs(clock.now + 1000)
    expect(await codeOf(sessions.signIn({ ...anna, client }))).toBe('resolved')
  })

  it('end when the password changes, but for the one that changed it', async () => {
    const { sessions, account } = await withAnna()
    const mine = await sessions.signIn({ ...anna, client })
    const other = await sessions.signIn({ ...anna, client })
    await sessions.changePassword({
      account,
      currentPassword: anna.password,
      newPassword: 'battery staple',
      session: mine.token,
      client,
    })
    expect(await sessions.accountBySession(mine.token)).toEqual(account)
    expect(await sessions.accountBySession(other.token)).toBeNull()
    expect(await codeOf(sessions.signIn({ ...anna, client }))).toBe('wrong-credentials')
    expect(await codeOf(sessions.signIn({ ...anna, password: 'battery staple', client }))).toBe('resolved')
  })

  it('refuse to change the password without the current one', async () => {
    const { sessions, account } = await withAnna()
    const change = { account, currentPassword: 'wrong', newPassword: 'battery staple', session: null, client }
    await expect(sessions.changePassword(change)).rejects.toMatchObject({
      code: 'parameter-invalid',
      field: 'currentPassword',
    })
    for (let i = 0; i < 20; i++) await codeOf(sessions.changePassword(change))
    expect(await codeOf(sessions.changePassword(change))).toBe('rate-limited')
  })
})

describe('API tokens', () => {
  it('name their account until they are revoked', async () => {
    const { apiTokens, account } = await withAnna()
    const { id, token } = await apiTokens.create(account.id, 'backup')
    expect(token).toMatch(/^senio_[\w-]{43}$/)
    expect((await apiTokens.open(token))?.account).toEqual(account)
    await apiTokens.revoke(account.id, id)
    expect(await apiTokens.open(token)).toBeNull()
    expect(await codeOf(apiTokens.revoke(account.id, id))).toBe('not-found')
  })

  it('can be revoked by their owner only', async () => {
    const { apiTokens, accounts, account } = await withAnna()
    const ben = await accounts.create({ email: 'ben@example.org', password: 'battery staple' })
    const { id, token } = await apiTokens.create(account.id, '')
    expect(await codeOf(apiTokens.revoke(ben.id, id))).toBe('not-found')
    expect((await apiTokens.open(token))?.account).toEqual(account)
    expect(await apiTokens.list(ben.id, 10, null)).toEqual({ items: [], next: null })
  })

  it('note their last use to the minute', async () => {
    const { apiTokens, account, clock } = await withAnna()
    const { token } = await apiTokens.create(account.id, '')
    const lastUsed = async () => (await apiTokens.list(account.id, 10, null)).items[0]?.lastUsed
    expect(await lastUsed()).toBeNull()
    await apiTokens.open(token)
    expect(await lastUsed()).toBe(clock.now - 30_000)
    clock.now = timestampMs(clock.now + DAY)
    await apiTokens.open(token)
    expect(await lastUsed()).toBe(clock.now - 30_000)
  })

  it('open even when their last use cannot be written, and say so', async () => {
    const { apiTokens, account, stores, errors } = await withAnna()
    const { token } = await apiTokens.create(account.id, '')
    const failure = new Error('disk full')
    stores.apiTokens.touch = () => Promise.reject(failure)
    expect((await apiTokens.open(token))?.account).toEqual(account)
    await Promise.resolve()
    expect(errors).toEqual([failure])
  })

  it('end at 100 an account', async () => {
    const { apiTokens, account } = await withAnna()
    for (let i = 0; i < 100; i++) await apiTokens.create(account.id, String(i))
    expect(await codeOf(apiTokens.create(account.id, ''))).toBe('limit-reached')
  })
})
