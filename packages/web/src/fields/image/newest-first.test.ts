import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

function recorder() {
  const loading = new Map<string, PromiseWithResolvers<void>>()
  const asked: string[] = []
  const told: string[] = []
  const queue = newestFirst<string>({
    load(key) {
      asked.push(key)
      const answer = Promise.withResolvers<void>()
      loading.set(key, answer)
      return answer.promise
    },
    onLoaded: (key) => told.push(key),
    onFailed: (key) => told.push(`no ${key}`),
  })
  async function settle(key: string, how: 'resolve' | 'reject' = 'resolve'): Promise<void> {
    loading.get(key)?.[how]()
    await new Promise((resolve) => {
      setTimeout(resolve)
    })
  }
  return { queue, asked, told, settle }
}

test('loads two at a time, and then the newest', async () => {
  const { queue, asked, told, settle } = recorder()
  for (const key of ['a', 'b', 'c', 'd']) queue.want(key)
  expect(asked).toEqual(['a', 'b'])
  await settle('a')
  expect(asked).toEqual(['a', 'b', 'd'])
  await settle('b')
  await settle('d')
  expect(told).toEqual(['a', 'b', 'd'])
})

test('never goes back to an older one', async () => {
  const { queue, told, settle } = recorder()
  queue.want('a')
  queue.want('b')
  await settle('b')
  await settle('a')
  expect(told).toEqual(['b'])
})

test('goes on after what can’t be had, and says so', async () => {
  const { queue, told, settle } = recorder()
  for (const key of ['a', 'b', 'c']) queue.want(key)
  await settle('a', 'reject')
  await settle('b')
  await settle('c')
  expect(told).toEqual(['no a', 'b', 'c'])
})

test('tells nothing of what was wanted before it was stopped', async () => {
  const { queue, told, settle } = recorder()
  queue.want('a')
  queue.stop()
  await settle('a')
  queue.want('b')
  await settle('b')
  expect(told).toEqual(['b'])
})
