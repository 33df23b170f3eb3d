import { describe, expect, test } from 'vitest'
import { copiedTables } from '../copy-store.ts'
import {
  codeOf,
  newSensor,
  onFreshDatabase,
  type OpenDatabase,
  present,
  time,
} from './database-under-test.ts'

/** What every `CopyStore` promises. */
export function copyStoreContract(open: OpenDatabase): void {
  describe('the rows of ordinary tables', () => {
    test('of a new database are none, and no id was given', async () => {
      await onFreshDatabase(open, async ({ db: { copies } }) => {
        for (const table of copiedTables) expect(await copies.rows(table, null, 9)).toStrictEqual([])
        expect([...(await copies.lastIds()).values()].every((id) => id === 0)).toBe(true)
        expect(await copies.progress()).toBeNull()
      })
    })

    test('come in pages by key, without what is deleted', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const [first, second, third] = [await newSensor(db), await newSensor(db), await newSensor(db)]
        await db.sensors.delete(second.id)
        for (const tokenHash of ['b', 'a', 'B']) {
          await db.sessions.create({
            tokenHash,
            account: first.sensor.owner,
            created: time(0),
            expires: time(1),
          })
        }
        const ids = async (after: number | null, limit: number) =>
          (await db.copies.rows('sensor', after, limit)).map((row) => row['id'])
        expect(await ids(null, 1)).toStrictEqual([first.id])
        expect(await ids(first.id, 9)).toStrictEqual([third.id])
        expect((await db.copies.rows('field', null, 9)).map((row) => row['sensor'])).toStrictEqual([
          first.id,
          third.id,
        ])
        expect((await db.copies.rows('session', 'B', 9)).map((row) => row['token_hash'])).toStrictEqual([
          'a',
          'b',
        ])
        expect((await db.copies.lastIds()).get('sensor')).toBe(third.id)
      })
    })

    test('are put with their ids, and put again they change what is there', async () => {
      await onFreshDatabase(open, async ({ db: { copies, accounts } }) => {
        const row = { id: 7, email: 'a@b', password_hash: 'h', role: 'admin', created: time(0.5) }
        const other = { ...row, id: 9, email: 'c@d' }
        await copies.put('account', [row, other])
        await copies.put('account', [{ ...row, password_hash: 'new' }])
        await copies.put('account', [])
        expect(await copies.rows('account', null, 9)).toStrictEqual([{ ...row, password_hash: 'new' }, other])
        expect(await codeOf(copies.put('account', [{ ...row, id: 8 }]))).toBe('name-taken')
        await copies.raiseLastIds(new Map([['account', 40]]))
        await copies.raiseLastIds(new Map([['account', 20]]))
        const made = await accounts.create({
          email: 'e@f',
          passwordHash: 'h',
          role: 'member',
          created: time(0),
        })
        expect(made.id).toBe(41)
        expect(copies.keyOf('account')).toBe('id')
      })
    })

    test('tell how far a copy is until it is done, also after it was opened again', async () => {
      await onFreshDatabase(open, async (database) => {
        await database.db.copies.setProgress('{"at":1}')
        await database.db.copies.setProgress('{"at":2}')
        await database.reopen()
        expect(await present(database.db).copies.progress()).toBe('{"at":2}')
        await database.db.copies.setProgress(null)
        expect(await database.db.copies.progress()).toBeNull()
      })
    })
  })
}
