import { describe, expect, test } from 'vitest'
import { newImage } from './measurement-append.contract.ts'
import type { Database } from '../storage.ts'
import { newSensor, onFreshDatabase, type OpenDatabase, time } from './database-under-test.ts'

const hashes = (images: readonly { readonly sha1: string }[]) => images.map(({ sha1 }) => sha1)

/** What `ImageStore` promises. */
export function imageStoreContract(open: OpenDatabase): void {
  const images = ['a', 'b', 'c', 'd'].map((text, n) => ({ ...newImage(text), created: time(n) }))
  const sorted = hashes(images).toSorted()

  describe('images', () => {
    test('are found by hash; unknown ones are absent', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const odd = {
          ...newImage('odd'),
          mediaType: 'image/webp',
          width: null,
          height: null,
          damaged: true,
        } as const
        await db.measurements.append([], [odd])
        expect(await db.images.find([odd.sha1, newImage('unknown').sha1])).toStrictEqual(
          new Map([[odd.sha1, { ...odd, state: 'pending' }]]),
        )
        expect(await db.images.find([])).toStrictEqual(new Map())
      })
    })

    test('are listed in pages by hash', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        await db.measurements.append([], images)
        const first = await db.images.list(null, 3)
        expect(hashes(first)).toStrictEqual(sorted.slice(0, 3))
        expect(hashes(await db.images.list(sorted[2] ?? '', 3))).toStrictEqual(sorted.slice(3))
        expect(await db.images.list(sorted[3] ?? '', 3)).toStrictEqual([])
      })
    })

    test('pending ones are claimed oldest first, by one at a time, and again after a crash', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        await db.measurements.append([], images)
        const claim = (by: typeof db, limit: number, now: number) =>
          by.images.claimPending(limit, time(now), time(now + 100))
        expect(hashes(await claim(db, 2, 0))).toStrictEqual(hashes(images.slice(0, 2)))
        const rivals = await Promise.all([claim(db, 1, 1), claim(other, 1, 1), claim(db, 9, 1)])
        expect(hashes(rivals.flat()).toSorted()).toStrictEqual(hashes(images.slice(2)).toSorted())
        expect(await claim(other, 9, 99)).toStrictEqual([])
        expect(await claim(other, 9, 101)).toHaveLength(4)
      })
    })

    test('claims by a clock that was ahead count for nothing', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        await db.measurements.append([], images)
        await db.images.claimPending(9, time(1000), time(1010))
        expect(await other.images.claimPending(9, time(990), time(1000))).toStrictEqual([])
        expect(await other.images.claimPending(9, time(989), time(999))).toHaveLength(images.length)
      })
    })

    test('claims are given back', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        await db.measurements.append([], images)
        const claimed = hashes(await db.images.claimPending(3, time(0), time(100)))
        await db.images.release([...claimed.slice(0, 2), newImage('unknown').sha1])
        await db.images.release([])
        expect(hashes(await other.images.claimPending(9, time(1), time(101)))).toStrictEqual(
          hashes([images[0], images[1], images[3]].filter((image) => image !== undefined)),
        )
      })
    })

    test('finished ones have what decoding found, and are not claimed again', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const [good, bad] = [newImage('good'), newImage('bad')]
        await db.measurements.append([], [good, bad])
        await db.images.finish(good.sha1, { width: 3, height: 4, damaged: false, state: 'ready' })
        await db.images.finish(bad.sha1, { width: null, height: null, damaged: true, state: 'failed' })
        await db.images.finish(newImage('unknown').sha1, {
          width: 1,
          height: 1,
          damaged: false,
          state: 'ready',
        })
        const found = await db.images.find([good.sha1, bad.sha1])
        expect(found.get(good.sha1)).toStrictEqual({ ...good, width: 3, height: 4, state: 'ready' })
        expect(found.get(bad.sha1)).toStrictEqual({
          ...bad,
          width: null,
          height: null,
          damaged: true,
          state: 'failed',
        })
        expect(await db.images.claimPending(9, time(1e9), time(2e9))).toStrictEqual([])
      })
    })

    test('that failed are decoded again when their bytes were put right, and others are not', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const [good, bad] = [newImage('good'), newImage('bad')]
        await db.measurements.append([], [good, bad])
        expect(await db.images.countPending()).toBe(2)
        await db.images.claimPending(2, time(0), time(1e9))
        await db.images.finish(good.sha1, { width: 3, height: 4, damaged: false, state: 'ready' })
        await db.images.finish(bad.sha1, { width: null, height: null, damaged: true, state: 'failed' })
        expect(await db.images.countPending()).toBe(0)
        for (const image of [good, bad, newImage('unknown')]) await db.images.retry(image)
        expect(await db.images.countPending()).toBe(1)
        expect(await db.images.claimPending(9, time(1), time(2))).toStrictEqual([
          { ...bad, state: 'pending' },
        ])
      })
    })

    /** Of four pictures one has a value. */
    async function withLoose(db: Database) {
      const sensor = await newSensor(db, 'image')
      const used = newImage('a')
      const value = Buffer.from(used.sha1, 'hex')
      await db.measurements.append([sensor.at(0, value)], images)
      return { sensor, value, used: used.sha1, loose: sorted.filter((sha1) => sha1 !== used.sha1) }
    }

    test('are found unreferenced among many that are used', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const sensor = await newSensor(db, 'image')
        const many = Array.from({ length: 2500 }, (_, n) => newImage(`one of many ${n}`))
        const isUsed = (n: number) => n % 700 !== 1
        await db.measurements.append(
          many.flatMap(({ sha1 }, n) => (isUsed(n) ? [sensor.at(n, Buffer.from(sha1, 'hex'))] : [])),
          many,
        )
        const loose = hashes(many.filter((_, n) => !isUsed(n))).toSorted()
        expect(await db.images.unreferenced(null, 9)).toStrictEqual(loose)
        expect(await db.images.unreferenced(loose[1] ?? '', 1)).toStrictEqual(loose.slice(2, 3))
      })
    })

    test('are unreferenced when no value has them, until that is noted', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        const { sensor, loose, used } = await withLoose(db)
        const [first = '', second = '', third = ''] = loose
        expect(await db.images.unreferenced(null, 9)).toStrictEqual(loose)
        expect(await db.images.unreferenced(first, 1)).toStrictEqual([second])
        await db.images.noteUnreferenced([first, used, newImage('unknown').sha1], time(10))
        await db.images.noteUnreferenced([first, second], time(20))
        await db.images.noteUnreferenced([], time(20))
        expect(await db.images.unreferenced(null, 9)).toStrictEqual([third])
        expect(await db.images.unreferencedSince(time(10), 9)).toStrictEqual([])
        expect(await db.images.unreferencedSince(time(11), 9)).toStrictEqual([first])
        expect(await db.images.unreferencedSince(time(21), 9)).toStrictEqual([first, second])
        expect(await db.images.unreferencedSince(time(21), 1)).toStrictEqual([first])
        // A value that came without its picture takes the place of none.
        await db.measurements.append([sensor.at(5, Buffer.from(first, 'hex'))], [])
        expect(await db.images.unreferencedSince(time(21), 1)).toStrictEqual([second])
      })
    })

    test('are forgotten only when no value has them, and has had them for so long', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        const { sensor, value, used, loose } = await withLoose(db)
        const [first = '', ...rest] = loose
        const all = [...sorted, newImage('unknown').sha1]
        expect(await db.images.forget(all, time(100))).toStrictEqual([])
        await db.images.noteUnreferenced([first], time(10))
        await db.images.noteUnreferenced(rest, time(20))
        expect(await db.images.forget(all, time(20))).toStrictEqual([first])
        // Published again meanwhile, elsewhere, and gone again.
        const again = images.filter(({ sha1 }) => sha1 === rest[0])
        await other.measurements.append([sensor.at(1, Buffer.from(rest[0] ?? '', 'hex'))], again)
        expect(await db.images.forget(all, time(100))).toStrictEqual(rest.slice(1))
        await other.measurements.append([sensor.at(1, value)], [newImage('a')])
        expect(await db.images.forget(all, time(100))).toStrictEqual([])
        expect(await db.images.unreferenced(null, 9)).toStrictEqual(rest.slice(0, 1))
        expect([...(await db.images.find(sorted)).keys()].toSorted()).toStrictEqual(
          [used, rest[0] ?? ''].toSorted(),
        )
        expect(await db.images.forget([], time(100))).toStrictEqual([])
      })
    })

    test('that are noted while they are published again are left as it was, whoever comes first', async () => {
      await onFreshDatabase(open, async ({ db, openAnother }) => {
        const other = await openAnother()
        const sensor = await newSensor(db, 'image')
        await db.measurements.append([], images)
        for (let round = 0; round < 20; round++) {
          await Promise.all([
            db.images.noteUnreferenced(sorted, time(10)),
            other.measurements.append(
              sorted.map((sha1, n) => sensor.at(n, Buffer.from(sha1, 'hex'))),
              images,
            ),
          ])
          // Their values go: had a note stayed, they would seem to have had none since then.
          await db.measurements.append(
            sorted.map((_, n) => sensor.at(n, Buffer.from(newImage('other').sha1, 'hex'))),
            [newImage('other')],
          )
          expect(await db.images.unreferencedSince(time(100), 9)).toStrictEqual([])
        }
      })
    })
  })
}
