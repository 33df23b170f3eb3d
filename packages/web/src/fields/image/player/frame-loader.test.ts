import { expect, test } from 'vitest'
import { createFrameLoader } from './frame-loader.ts'

/** Pictures that arrive when the test says so, each a while after it was asked for. */
function server(count: number) {
  let time = 0
  const asked: { readonly index: number; readonly arrive: () => void; readonly fail: () => void }[] = []
  const closed: number[] = []
  const loader = createFrameLoader({
    count,
    now: () => time,
    load: (index, signal) =>
      new Promise<{ index: number; close: () => void }>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('no longer wanted', 'AbortError')))
        asked.push({
          index,
          arrive: () => resolve({ index, close: () => closed.push(index) }),
          fail: () => reject(new TypeError('the network is gone')),
        })
      }),
  })
  return {
    loader,
    asked,
    closed,
    /** Lets everything arrive that was asked for, until nothing more is. */
    settle: async (msEach: number): Promise<void> => {
      for (let i = 0; i < asked.length; i++) {
        if (i % 5 === 0) time += msEach
        asked[i]?.arrive()
        await Promise.resolve()
        await new Promise((resolve) => setTimeout(resolve))
      }
    },
  }
}

test('fetches ahead, a few at a time, in order', async () => {
  const { loader, asked, settle } = server(100)
  loader.want(0, 10, false)
  expect(asked.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
  await settle(5)
  expect(asked.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(loader.isReady(0)).toBe(true)
  expect(loader.at(7)?.index).toBe(7)
})

test('shows the frame before while one is missing', async () => {
  const { loader, settle } = server(100)
  loader.want(0, 4, false)
  await settle(5)
  expect(loader.at(12)?.index).toBe(7)
  expect(loader.at(90)).toBeNull()
})

test('leaves out frames evenly when answers are slow', async () => {
  const { loader, asked, settle } = server(1000)
  loader.want(0, 30, false)
  await settle(1000)
  asked.length = 0
  loader.want(120, 30, false)
  await settle(1000)
  const indexes = asked.map(({ index }) => index)
  const steps = indexes.slice(2).map((index, i) => index - (indexes[i + 1] ?? 0))
  expect(Math.min(...steps)).toBeGreaterThan(3)
})

test('goes on with the first frames when it loops', async () => {
  const { loader, asked, settle } = server(10)
  loader.want(8, 4, true)
  await settle(5)
  expect(asked.map(({ index }) => index)).toEqual([8, 9, 0, 1, 2, 3, 4, 5])
})

test('passes over frames that can’t be had, and asks for them once', async () => {
  const { loader, asked } = server(3)
  loader.want(0, 4, false)
  asked[1]?.fail()
  asked[0]?.arrive()
  asked[2]?.arrive()
  await new Promise((resolve) => setTimeout(resolve))
  loader.want(0, 4, false)
  expect(asked).toHaveLength(3)
  expect(loader.isReady(0)).toBe(true)
  expect(loader.at(1)?.index).toBe(0)
})

test('frees what it no longer needs', async () => {
  const { loader, closed, settle } = server(1000)
  for (let index = 0; index < 300; index += 20) {
    loader.want(index, 30, false)
    await settle(5)
  }
  expect(closed.length).toBeGreaterThan(100)
  loader.close()
  expect(loader.at(290)).toBeNull()
})
