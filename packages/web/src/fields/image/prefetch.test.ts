import { expect, test } from 'vitest'
import { createPrefetcher, neighboursOf } from './prefetch.ts'

/** A prefetcher whose loads end when they are told to. */
function recorder(atOnce = 2) {
  const asked: string[] = []
  const ends: (() => void)[] = []
  const prefetcher = createPrefetcher({
    atOnce,
    remembered: 3,
    load: (url) => {
      asked.push(url)
      const { promise, resolve } = Promise.withResolvers<void>()
      ends.push(resolve)
      return promise
    },
  })
  return {
    prefetcher,
    asked,
    end: async () => {
      ends.shift()?.()
      await Promise.resolve()
      await new Promise((resolve) => {
        setTimeout(resolve, 0)
      })
    },
  }
}

test('fetches a few at once, and then what is expected by then', async () => {
  const { prefetcher, asked, end } = recorder()
  prefetcher.expect(['a', 'b', 'c'])
  expect(asked).toEqual(['a', 'b'])
  prefetcher.expect(['b', 'd', 'e'])
  await end()
  expect(asked).toEqual(['a', 'b', 'd'])
  prefetcher.stop()
  await end()
  expect(asked).toEqual(['a', 'b', 'd'])
})

test('fetches nothing again that it fetched lately', async () => {
  const { prefetcher, asked, end } = recorder(1)
  for (const url of ['a', 'a', 'b', 'c', 'd', 'c', 'a']) {
    prefetcher.expect([url])
    await end()
  }
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'a'])
})

test('the neighbours where the way leads come first', () => {
  const list = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  expect(neighboursOf(list, 4, true)).toEqual([5, 6, 3, 7, 8, 2])
  expect(neighboursOf(list, 4, false)).toEqual([3, 2, 5, 1, 0, 6])
  expect(neighboursOf(list, 9, true)).toEqual([8, 7])
  expect(neighboursOf([], 0, true)).toEqual([])
})
