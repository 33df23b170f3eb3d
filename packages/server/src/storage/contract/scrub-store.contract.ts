import { describe, expect, test } from 'vitest'
import { onFreshDatabase, type OpenDatabase, time } from './database-under-test.ts'

const SHA1 = '0123456789abcdef0123456789abcdef01234567'
const OTHER = 'f'.repeat(40)

/** What `ScrubStore` promises. */
export function scrubStoreContract(open: OpenDatabase): void {
  describe('the scrub', () => {
    test('is one holder’s until it lets go or its time is over, and goes on where the last one was', async () => {
      await onFreshDatabase(open, async (database) => {
        const { scrub } = database.db
        const fresh = { started: null, position: null, ended: null, databaseFaults: 0 }
        expect(await scrub.state()).toStrictEqual(fresh)
        expect(await scrub.claim('one', time(0), time(10))).toStrictEqual(fresh)
        expect(await scrub.claim('two', time(9), time(20))).toBeNull()
        expect(await scrub.claim('one', time(9), time(30))).toStrictEqual(fresh)
        const going = { ...fresh, started: time(1), position: SHA1, databaseFaults: 2 }
        expect(await scrub.save('one', time(40), going)).toBe(true)
        expect(await scrub.claim('two', time(39), time(50))).toBeNull()
        await database.reopen()
        const again = database.db.scrub
        expect(await again.claim('two', time(40), time(50))).toStrictEqual(going)
        // The first one has been too slow.
        expect(await again.save('one', time(60), fresh)).toBe(false)
        expect(await again.state()).toStrictEqual(going)
        expect(await again.save('two', time(0), { ...going, ended: time(45) })).toBe(true)
        expect(await again.claim('one', time(1), time(2))).toMatchObject({ ended: time(45) })
      })
    })

    test('is not held by a clock that was ahead', async () => {
      await onFreshDatabase(open, async ({ db: { scrub } }) => {
        await scrub.claim('one', time(1000), time(1010))
        expect(await scrub.claim('two', time(990), time(1000))).toBeNull()
        expect(await scrub.claim('two', time(989), time(999))).not.toBeNull()
      })
    })

    test('keeps what it found until that is sound again', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const { scrub } = db
        const damaged = { sha1: SHA1, fault: 'damaged', found: time(1) } as const
        expect(await scrub.addDamaged(damaged)).toBe(true)
        expect(await scrub.addDamaged({ ...damaged, found: time(2) })).toBe(false)
        expect(await scrub.addDamaged({ sha1: OTHER, fault: 'damaged', found: time(3) })).toBe(true)
        expect(await scrub.addDamaged({ sha1: OTHER, fault: 'missing', found: time(4) })).toBe(true)
        expect(await scrub.addDamaged({ sha1: OTHER, fault: 'unreadable', found: time(5) })).toBe(true)
        const other = await openAnother()
        expect(await other.scrub.countDamaged()).toBe(2)
        expect((await other.scrub.listDamaged(9)).toSorted((a, b) => a.found - b.found)).toStrictEqual([
          damaged,
          { sha1: OTHER, fault: 'unreadable', found: time(3) },
        ])
        expect(await other.scrub.listDamaged(1)).toHaveLength(1)
        await other.scrub.removeDamaged([])
        await other.scrub.removeDamaged([SHA1, 'e'.repeat(40)])
        expect(await scrub.countDamaged()).toBe(1)
      })
    })
  })
}
