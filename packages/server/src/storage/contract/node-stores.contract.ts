import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Attempts } from '../attempt-store.ts'
import type { Database } from '../storage.ts'
import { onFreshDatabase, type OpenDatabase } from './database-under-test.ts'

const HOUR = 3_600_000

/** What `AttemptStore`, `SetupTokenStore`, `PicturePlaceStore` and `TaskStore` promise. */
export function nodeStoresContract(open: OpenDatabase): void {
  /** What is known of some keys. */
  const known = async (db: Database, ...keys: readonly string[]) => {
    let all: ReadonlyMap<string, Attempts> = new Map()
    await db.attempts.read(keys, (found) => {
      all = found
    })
    return all
  }
  const count = (db: Database, key: string) =>
    db.attempts.update([key], (found, now) => {
      const failures = (found.get(key)?.failures ?? 0) + 1
      return new Map([[key, { failures, blockedUntil: now + 0.5, expires: now + HOUR }]])
    })

  describe('attempts to sign in', () => {
    test('are counted by everybody at once, each once, and kept', async () => {
      await onFreshDatabase(open, async (database) => {
        const other = await database.openAnother()
        const nodes = [database.db, other]
        await Promise.all(Array.from({ length: 20 }, (_, n) => count(nodes[n % 2] ?? other, 'a')))
        await database.reopen()
        expect((await known(database.db, 'a', 'b')).get('a')?.failures).toBe(20)
        expect((await known(database.db, 'b')).size).toBe(0)
      })
    })

    test('are on a clock that is near the right time, and come back as they were', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const attempts = { failures: 3, blockedUntil: 1e12 + 0.25, expires: 1e15 }
        await db.attempts.update(['a'], () => new Map([['a', attempts]]))
        expect((await known(db, 'a')).get('a')).toStrictEqual(attempts)
        await db.attempts.read([''], (_, now) => expect(Math.abs(now - Date.now())).toBeLessThan(HOUR))
      })
    })

    test('are removed, and forgotten when they expire', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        await count(db, 'a')
        await db.attempts.update(
          ['b'],
          (_, now) => new Map([['b', { failures: 1, blockedUntil: 0, expires: now }]]),
        )
        expect([...(await known(db, 'a', 'b')).keys()]).toStrictEqual(['a'])
        await db.attempts.update(['a'], () => new Map([['a', null]]))
        expect((await known(db, 'a')).size).toBe(0)
      })
    })

    test('stay as they are when somebody is refused', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        await count(db, 'a')
        const refuse = () => {
          throw new RangeError('refused')
        }
        await expect(db.attempts.read(['a'], refuse)).rejects.toThrow('refused')
        await expect(db.attempts.update(['a'], refuse)).rejects.toThrow('refused')
        expect((await known(db, 'a')).get('a')?.failures).toBe(1)
      })
    })
  })

  describe('tokens for the first account', () => {
    test('are known to every node until they are cleared', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        await db.setupTokens.add('one')
        await other.setupTokens.add('two')
        expect(
          await Promise.all(['one', 'two', 'three'].map((hash) => other.setupTokens.has(hash))),
        ).toStrictEqual([true, true, false])
        await other.setupTokens.clear()
        expect(await db.setupTokens.has('one')).toBe(false)
      })
    })
  })

  describe('the place of the pictures', () => {
    test('is the one that was claimed first, for everybody, until it is set', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        expect(await db.picturePlace.known()).toBeNull()
        const given = await Promise.all(
          ['one', 'two', 'three', 'four'].map((mark, n) =>
            (n % 2 === 0 ? db : other).picturePlace.claim(mark),
          ),
        )
        const known = await other.picturePlace.known()
        expect(new Set(given)).toStrictEqual(new Set([known]))
        await db.picturePlace.set('five')
        expect(await other.picturePlace.known()).toBe('five')
        expect(await other.picturePlace.claim('six')).toBe('five')
      })
    })
  })

  describe('tasks', () => {
    test('are claimed by one at a time', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        const claims = await Promise.all([db, other, db, other].map(({ tasks }) => tasks.claim('a', HOUR)))
        expect(claims.filter(Boolean)).toHaveLength(1)
        expect(await other.tasks.claim('b', HOUR)).toBe(true)
        await other.tasks.release('a')
        expect(await db.tasks.claim('a', HOUR)).toBe(true)
        expect(await db.tasks.claim('a', HOUR)).toBe(false)
      })
    })

    test('are known to be taken, for as long as they are', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        expect(await other.tasks.isAnyTaken(['a', 'b'], HOUR)).toBe(false)
        await db.tasks.claim('b', HOUR)
        expect(await other.tasks.isAnyTaken(['a', 'b'], 2 * HOUR)).toBe(true)
        expect(await other.tasks.isAnyTaken(['a'], 2 * HOUR)).toBe(false)
        expect(await other.tasks.claim('b', 2 * HOUR)).toBe(false)
        // As if by a clock that was ahead.
        expect(await other.tasks.isAnyTaken(['b'], HOUR / 2)).toBe(false)
        await db.tasks.release('b')
        expect(await other.tasks.isAnyTaken(['b'], HOUR)).toBe(false)
        await db.tasks.claim('b', 20)
        await sleep(40)
        expect(await other.tasks.isAnyTaken(['b'], HOUR)).toBe(false)
      })
    })

    test('are kept on by whoever prolongs them in time', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        expect(await db.tasks.prolong('a', HOUR)).toBe(false)
        await db.tasks.claim('a', 500)
        expect(await db.tasks.prolong('a', HOUR)).toBe(true)
        await sleep(600)
        expect(await other.tasks.claim('a', HOUR)).toBe(false)
        // As if by a clock that was a while ahead: others may have taken it since.
        expect(await db.tasks.prolong('a', HOUR / 2)).toBe(false)
        await db.tasks.claim('b', 20)
        await sleep(40)
        expect(await db.tasks.prolong('b', HOUR)).toBe(false)
      })
    })

    test('are free again when their time is over, or when the clock was set back', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        await db.tasks.claim('a', 20)
        await sleep(40)
        expect(await other.tasks.claim('a', 30 * HOUR)).toBe(true)
        // As if by a clock that was a day ahead.
        expect(await db.tasks.claim('a', HOUR)).toBe(true)
      })
    })
  })
}
