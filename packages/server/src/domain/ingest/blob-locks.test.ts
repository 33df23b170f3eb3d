import { expect, it } from 'vitest'
import { BlobLocks } from './blob-locks.ts'

it('lets one at a time hold a picture, in the order of asking', async () => {
  const locks = new BlobLocks()
  const events: string[] = []
  const work = (name: string, sha1s: string[]) =>
    locks.hold(sha1s, async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      events.push(`${name} ends`)
    })
  await Promise.all([work('a', ['1', '2']), work('b', ['2', '1']), work('c', ['1'])])
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

it('does not make different pictures wait for each other', async () => {
  const locks = new BlobLocks()
  const never = new Promise<void>(() => {})
  void locks.hold(['1'], () => never)
  await expect(locks.hold(['2'], async () => 'done')).resolves.toBe('done')
})

it('is free again after a failure, and for a hash that is given twice', async () => {
  const locks = new BlobLocks()
  await expect(locks.hold(['1', '1'], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(locks.hold(['1'], async () => 'done')).resolves.toBe('done')
})

it('are held on all nodes before the work begins, and given back after it on all nodes first', async () => {
  const events: string[] = []
  const locks = new BlobLocks({
    async acquire(names) {
      events.push(`acquire ${names.join(' ')}`)
      return { isHeld: async () => true, release: () => void events.push('release') }
    },
  })
  await Promise.all([
    locks.hold(['b', 'a', 'b'], async () => events.push('first')),
    locks.hold(['a'], async () => events.push('second')),
    locks.hold([], async () => undefined),
  ])
  expect(events).toStrictEqual(['acquire a b', 'first', 'release', 'acquire a', 'second', 'release'])
})

it('are given back on this node when the others refuse', async () => {
  let refuses = true
  const locks = new BlobLocks({
    async acquire() {
      if (refuses) throw new TypeError('refused')
      return { isHeld: async () => true, release: () => undefined }
    },
  })
  await expect(locks.hold(['a'], async () => 1)).rejects.toThrow('refused')
  refuses = false
  expect(await locks.hold(['a'], async () => 2)).toBe(2)
})

it('tell whoever holds them when another node may have had them meanwhile', async () => {
  let isHeld = true
  const nodes = { acquire: async () => ({ isHeld: async () => isHeld, release: () => undefined }) }
  await new BlobLocks(nodes).hold(['a'], async (ask) => {
    expect(await ask()).toBe(true)
    isHeld = false
    expect(await ask()).toBe(false)
  })
  // A node alone can't lose them.
  await new BlobLocks().hold(['a'], async (ask) => expect(await ask()).toBe(true))
})
