import { expect, test } from 'vitest'
import { Gathering } from './gathering.ts'

function setUp() {
  let ends = 0
  let waiting = 0
  const gathering = new Gathering(() => void ends++)
  return {
    gathering,
    ends: () => ends,
    begin: (expected: number, wait: number) => gathering.begin(expected, wait, () => waiting),
    /** By default in no time. */
    join: (now = 0) => gathering.joined(++waiting, now),
  }
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

test('lasts for the rest of a turn of the event loop, whoever is alone', async () => {
  const { begin, ends } = setUp()
  begin(1, 0)
  expect(ends()).toBe(0)
  await turn()
  expect(ends()).toBe(1)
})

test.each([0, 60_000])('ends as soon as all are there, of a wait of %i ms', (wait) => {
  const { begin, join, ends } = setUp()
  begin(2, wait)
  join()
  expect(ends()).toBe(0)
  join()
  expect(ends()).toBe(1)
})

test('waits for some turns where timers would be too coarse', async () => {
  const { begin, ends } = setUp()
  begin(2, 0.9)
  await expect.poll(ends).toBe(1)
})

test.each([0, 60_000])('ends in a turn that takes longer than a wait of %i ms', (wait) => {
  const { begin, join, ends } = setUp()
  begin(Infinity, wait)
  join(performance.now() + wait + 10)
  expect(ends()).toBe(1)
})

test('ends once', async () => {
  const { gathering, begin, join, ends } = setUp()
  begin(2, 60_000)
  gathering.end()
  gathering.end()
  join()
  join()
  await turn()
  expect(ends()).toBe(1)
})
