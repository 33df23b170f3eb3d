import { describe, expect, test } from 'vitest'
import type { AccountId } from '../account-store.ts'
import {
  codeOf,
  newAccount,
  newSensor,
  onFreshDatabase,
  type OpenDatabase,
  present,
  time,
  useDatabase,
} from './database-under-test.ts'

const NOBODY = 1_000_000 as AccountId

/** What `AccountStore`, `SessionStore` and `ApiTokenStore` promise. */
export function accountStoreContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('accounts', () => {
    test('are found by id and e-mail', async () => {
      const { db } = database()
      const account = await newAccount(db, 'admin')
      expect(account).toStrictEqual({ id: account.id, email: account.email, role: 'admin', created: time(0) })
      expect(await db.accounts.find(account.id)).toStrictEqual(account)
      expect(await db.accounts.findByEmail(account.email)).toStrictEqual({ account, passwordHash: 'hash' })
      expect(await db.accounts.find(NOBODY)).toBeNull()
      expect(await db.accounts.findByEmail('nobody@example.org')).toBeNull()
    })

    test('have an e-mail each', async () => {
      const { db } = database()
      const { email } = await newAccount(db)
      const again = { email, passwordHash: 'x', role: 'member', created: time(1) } as const
      expect(await codeOf(db.accounts.create(again))).toBe('name-taken')
    })

    test('only one is the first, even when two want to be', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        const create = (by: typeof db, email: string) =>
          by.accounts.create(
            { email, passwordHash: 'x', role: 'admin', created: time(0) },
            { onlyFirst: true },
          )
        const outcomes = await Promise.allSettled([
          create(db, 'a@a'),
          create(other, 'b@b'),
          create(db, 'c@c'),
        ])
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        expect(await codeOf(create(db, 'd@d'))).toBe('setup-refused')
        expect(await db.accounts.count()).toBe(1)
      })
    })

    test('are listed by id, and counted', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const accounts = [await newAccount(db), await newAccount(db), await newAccount(db)]
        expect(await db.accounts.list(null, 2)).toStrictEqual(accounts.slice(0, 2))
        expect(await db.accounts.list(present(accounts[1]).id, 2)).toStrictEqual(accounts.slice(2))
        expect(await db.accounts.count()).toBe(3)
      })
    })

    test('get a new password hash', async () => {
      const { db } = database()
      const { id, email } = await newAccount(db)
      await db.accounts.setPasswordHash(id, 'new')
      expect((await db.accounts.findByEmail(email))?.passwordHash).toBe('new')
      await expect(db.accounts.setPasswordHash(NOBODY, 'new')).resolves.toBeUndefined()
    })

    test('are deleted with their sessions, tokens, sensors and keys, and the e-mail is free again', async () => {
      const { db } = database()
      const { sensor } = await newSensor(db)
      const owner = present(await db.accounts.find(sensor.owner))
      const keyHash = `key of ${owner.email}`
      await db.sessions.create({
        tokenHash: `s${owner.id}`,
        account: owner.id,
        created: time(0),
        expires: time(9),
      })
      await db.apiTokens.create({ account: owner.id, tokenHash: `t${owner.id}`, label: '', created: time(0) })
      expect(await db.deviceKeys.find(keyHash)).not.toBeNull()
      expect(await db.accounts.delete(owner.id)).toBe(true)
      expect(await db.accounts.delete(owner.id)).toBe(false)
      expect(await db.accounts.find(owner.id)).toBeNull()
      expect(await db.accounts.findByEmail(owner.email)).toBeNull()
      expect(await db.sessions.find(`s${owner.id}`, time(1))).toBeNull()
      expect(await db.apiTokens.find(`t${owner.id}`)).toBeNull()
      expect(await db.sensors.findById(sensor.id)).toBeNull()
      expect(await db.deviceKeys.find(keyHash)).toBeNull()
      await db.accounts.create({ email: owner.email, passwordHash: 'x', role: 'member', created: time(1) })
      await db.measurements.purgeDeleted()
      expect(await db.accounts.findByEmail(owner.email)).not.toBeNull()
    })

    test('stay after opening again', async () => {
      const account = await newAccount(database().db)
      await database().reopen()
      expect(await database().db.accounts.find(account.id)).toStrictEqual(account)
    })
  })

  describe('sessions', () => {
    test('lead to their account until they expire', async () => {
      const { db } = database()
      const account = await newAccount(db)
      const tokenHash = `expiring ${account.id}`
      await db.sessions.create({ tokenHash, account: account.id, created: time(0), expires: time(10) })
      const found = { account, created: time(0), expires: time(10) }
      expect(await db.sessions.find(tokenHash, time(9))).toStrictEqual(found)
      expect(await db.sessions.find(tokenHash, time(10))).toBeNull()
      expect(await db.sessions.find('unknown', time(0))).toBeNull()
    })

    test('get other times, unless they got some meanwhile, or ended', async () => {
      const { db } = database()
      const account = await newAccount(db)
      const [tokenHash, other] = [`moving ${account.id}`, `staying ${account.id}`]
      const from = { created: time(0.5), expires: time(10) }
      for (const hash of [tokenHash, other])
        await db.sessions.create({ tokenHash: hash, account: account.id, ...from })
      const to = { created: time(0.25), expires: time(20.5) }
      await db.sessions.move(tokenHash, from, to)
      expect(await db.sessions.find(tokenHash, time(20))).toStrictEqual({ account, ...to })
      expect(await db.sessions.find(other, time(9))).toStrictEqual({ account, ...from })
      await db.sessions.move(tokenHash, from, { created: time(0), expires: time(5) })
      expect(await db.sessions.find(tokenHash, time(20))).toStrictEqual({ account, ...to })
      await db.sessions.delete(tokenHash)
      await db.sessions.move(tokenHash, to, from)
      expect(await db.sessions.find(tokenHash, time(1))).toBeNull()
    })

    test('are listed newest first, and end by their ids, for their account alone', async () => {
      const { db } = database()
      const { id } = await newAccount(db)
      const other = await newAccount(db)
      const hash = (text: string) => `${text}${id}`.padEnd(16, '-').padEnd(64, '0')
      for (const [text, created, expires] of [
        ['old', 1, 100],
        ['new', 2, 50],
        ['over', 3, 5],
      ] as const)
        await db.sessions.create({
          tokenHash: hash(text),
          account: id,
          created: time(created),
          expires: time(expires),
        })
      const [newer, older] = [
        { id: hash('new').slice(0, 16), created: time(2), expires: time(50) },
        { id: hash('old').slice(0, 16), created: time(1), expires: time(100) },
      ]
      expect(await db.sessions.list(id, time(10), 10)).toStrictEqual([newer, older])
      expect(await db.sessions.list(id, time(10), 1)).toStrictEqual([newer])
      expect(await db.sessions.list(other.id, time(10), 10)).toStrictEqual([])
      expect(await db.sessions.deleteById(other.id, newer.id)).toBe(false)
      expect(await db.sessions.deleteById(id, newer.id)).toBe(true)
      expect(await db.sessions.deleteById(id, newer.id)).toBe(false)
      expect(await db.sessions.list(id, time(10), 10)).toStrictEqual([older])
    })

    test('end one by one, all but one, or when expired', async () => {
      const { db } = database()
      const { id } = await newAccount(db)
      const other = await newAccount(db)
      const start = (name: string, account: AccountId, expires: number) =>
        db.sessions.create({ tokenHash: `${name} ${id}`, account, created: time(0), expires: time(expires) })
      for (const name of ['a', 'b', 'c', 'd']) await start(name, id, 100)
      await start('short', id, 5)
      await start('other', other.id, 100)
      const living = async () => {
        const names = ['a', 'b', 'c', 'd', 'short', 'other']
        const found = await Promise.all(names.map((name) => db.sessions.find(`${name} ${id}`, time(1))))
        return names.filter((_, index) => found[index] !== null)
      }
      await db.sessions.delete(`a ${id}`)
      await db.sessions.delete('unknown')
      expect(await living()).toStrictEqual(['b', 'c', 'd', 'short', 'other'])
      await db.sessions.deleteExpired(time(5))
      expect(await living()).toStrictEqual(['b', 'c', 'd', 'other'])
      await db.sessions.deleteAll(id, `c ${id}`)
      expect(await living()).toStrictEqual(['c', 'other'])
      await db.sessions.deleteAll(id, null)
      expect(await living()).toStrictEqual(['other'])
    })
  })

  describe('API tokens', () => {
    test('lead to their account', async () => {
      const { db } = database()
      const account = await newAccount(db)
      const tokenHash = `token ${account.id}`
      const token = await db.apiTokens.create({
        account: account.id,
        tokenHash,
        label: 'cron',
        created: time(0),
      })
      expect(token).toStrictEqual({ id: token.id, label: 'cron', created: time(0), lastUsed: null })
      expect(await db.apiTokens.find(tokenHash)).toStrictEqual({ id: token.id, account })
      expect(await db.apiTokens.find('unknown')).toBeNull()
    })

    test('are listed and deleted within their account, with their last use', async () => {
      const { db } = database()
      const [mine, others] = [await newAccount(db), await newAccount(db)]
      const make = (account: AccountId, label: string) =>
        db.apiTokens.create({ account, tokenHash: `${label} of ${account}`, label, created: time(0) })
      const [a, b, foreign] = [await make(mine.id, 'a'), await make(mine.id, 'b'), await make(others.id, 'c')]
      await db.apiTokens.touch(b.id, time(7))
      const list = (after: number | null, limit: number) => db.apiTokens.list(mine.id, after, limit)
      expect(await list(null, 9)).toStrictEqual([a, { ...b, lastUsed: time(7) }])
      expect((await list(null, 1)).map(({ id }) => id)).toStrictEqual([a.id])
      expect((await list(a.id, 1)).map(({ id }) => id)).toStrictEqual([b.id])
      expect(await db.apiTokens.delete(mine.id, foreign.id)).toBe(false)
      expect(await db.apiTokens.delete(mine.id, a.id)).toBe(true)
      expect(await db.apiTokens.delete(mine.id, a.id)).toBe(false)
      expect(await db.apiTokens.find(`a of ${mine.id}`)).toBeNull()
      expect(await list(null, 9)).toHaveLength(1)
    })
  })
}
