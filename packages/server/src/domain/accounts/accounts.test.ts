import { SenioError } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/error-code.ts'
import { memorySetupTokens } from '../testing/memory-setup-tokens.ts'
import { NOON, testPeople } from '../testing/people.ts'
import { Setup } from './setup.ts'

const anna = { email: 'anna@example.org', password: 'correct horse' }
const ben = { email: 'ben@example.org', password: 'battery staple' }

describe('accounts', () => {
  it('makes the first account the administrator and later ones members', async () => {
    const { accounts } = testPeople()
    expect(await accounts.create(anna)).toMatchObject({ role: 'admin', created: NOON })
    expect(await accounts.create(ben)).toMatchObject({ role: 'member' })
  })

  it('makes one administrator of two first accounts at once', async () => {
    const { accounts } = testPeople()
    const created = await Promise.all([accounts.create(anna), accounts.create(ben)])
    expect(created.map(({ role }) => role).sort()).toEqual(['admin', 'member'])
  })

  it('knows an e-mail address in any case, surrounded by spaces or decomposed', async () => {
    const { accounts } = testPeople()
    const created = await accounts.create({ ...anna, email: '  Anna@Example.ORG ' })
    expect(created.email).toBe('anna@example.org')
    expect(await accounts.findByEmail('ANNA@example.org')).toEqual(created)
    expect(await codeOf(accounts.create(anna))).toBe('name-taken')
  })

  it.each([
    ['no address', { ...anna, email: 'anna' }, 'email'],
    ['an address that is too long', { ...anna, email: `${'a'.repeat(250)}@example.org` }, 'email'],
    ['a short password', { ...anna, password: '123456789' }, 'password'],
    ['a password that is too long', { ...anna, password: 'x'.repeat(201) }, 'password'],
    ['a password that many people have', { ...anna, password: 'Qwertyuiop' }, 'password'],
    ['a password that is nearly the address', { ...anna, password: 'example.org!' }, 'password'],
  ])('refuses %s', async (_, request, field) => {
    const { accounts } = testPeople()
    await expect(accounts.create(request)).rejects.toMatchObject({ code: 'parameter-invalid', field })
    expect(await accounts.exist()).toBe(false)
  })

  it('lists in pages, oldest first', async () => {
    const { accounts } = testPeople()
    for (const email of ['a@example.org', 'b@example.org', 'c@example.org'])
      await accounts.create({ ...anna, email })
    const first = await accounts.list(2, null)
    expect(first.items.map(({ email }) => email)).toEqual(['a@example.org', 'b@example.org'])
    const second = await accounts.list(2, first.next)
    expect(second).toMatchObject({ items: [{ email: 'c@example.org' }], next: null })
  })

  it.each(['x', 'IiI', 'MS41', 'bnVsbA', ''])('refuses the cursor %j', async (cursor) => {
    const { accounts } = testPeople()
    await expect(accounts.list(2, cursor)).rejects.toMatchObject({
      code: 'parameter-invalid',
      field: 'cursor',
    })
  })

  it('deletes an account with its sessions and starts the purge', async () => {
    const { accounts, sessions, purges } = testPeople()
    await accounts.create(anna)
    const { id } = await accounts.create(ben)
    const { token } = await sessions.signIn({ ...ben, client: '192.0.2.1' })
    await accounts.delete(id)
    expect(await sessions.accountBySession(token)).toBeNull()
    expect(purges()).toBe(1)
    expect(await codeOf(accounts.delete(id))).toBe('not-found')
  })

  it('keeps the only administrator', async () => {
    const { accounts } = testPeople()
    const { id } = await accounts.create(anna)
    await accounts.create(ben)
    expect(await codeOf(accounts.delete(id))).toBe('parameter-invalid')
    expect(await accounts.findByEmail(anna.email)).not.toBeNull()
  })
})

describe('set-up', () => {
  it('creates the administrator by its token, once', async () => {
    const { setup, accounts } = testPeople()
    const token = (await setup.token()) ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(await setup.token()).toBe(token)
    expect(await setup.complete({ ...anna, token })).toMatchObject({ role: 'admin' })
    expect(await codeOf(setup.complete({ ...ben, token }))).toBe('setup-refused')
    expect(await setup.token()).toBeNull()
    expect(await accounts.list(10, null)).toMatchObject({ items: [{ email: anna.email }] })
  })

  it('lets one of two at once win', async () => {
    const { setup } = testPeople()
    const token = (await setup.token()) ?? ''
    const outcomes = [setup.complete({ ...anna, token }), setup.complete({ ...ben, token })].map(codeOf)
    expect((await Promise.all(outcomes)).sort()).toEqual(['resolved', 'setup-refused'])
  })

  it('goes by the link of another process as well, and works where no token can be stored', async () => {
    const { setup, accounts } = testPeople()
    const tokens = memorySetupTokens()
    const full = { ...tokens, add: () => Promise.reject(new SenioError('storage-full', 'The disk is full.')) }
    const [other, failing] = [new Setup(accounts, tokens), new Setup(accounts, full)]
    const own = (await failing.token()) ?? ''
    expect(await codeOf(setup.complete({ ...anna, token: own }))).toBe('setup-refused')
    const token = (await other.token()) ?? ''
    expect(await codeOf(failing.complete({ ...anna, password: 'short', token: own }))).toBe(
      'parameter-invalid',
    )
    expect(await failing.complete({ ...anna, token })).toMatchObject({ role: 'admin' })
  })

  it('refuses a wrong token, and any while none was made', async () => {
    const { setup } = testPeople()
    expect(await codeOf(setup.complete({ ...anna, token: '' }))).toBe('setup-refused')
    await setup.token()
    expect(await codeOf(setup.complete({ ...anna, token: 'wrong' }))).toBe('setup-refused')
    expect(await setup.isNeeded()).toBe(true)
  })

  it('keeps the token when the account is refused', async () => {
    const { setup } = testPeople()
    const token = (await setup.token()) ?? ''
    expect(await codeOf(setup.complete({ ...anna, password: 'short', token }))).toBe('parameter-invalid')
    expect(await codeOf(setup.complete({ ...anna, token }))).toBe('resolved')
  })

  it('is over as soon as an account exists, however it came about', async () => {
    const { setup, accounts } = testPeople()
    const token = (await setup.token()) ?? ''
    await accounts.create(anna)
    expect(await setup.isNeeded()).toBe(false)
    expect(await codeOf(setup.complete({ ...ben, token }))).toBe('setup-refused')
  })
})
