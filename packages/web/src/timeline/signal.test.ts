import { expect, test } from 'vitest'
import { createSignal, watchAll } from './signal.ts'

test('tells its watchers of a new value, not of the same one', () => {
  const signal = createSignal(1)
  const seen: number[] = []
  const stop = signal.subscribe(() => seen.push(signal.get()))
  signal.set(1)
  signal.set(2)
  stop()
  signal.set(3)
  expect(seen).toEqual([2])
  expect(signal.get()).toBe(3)
})

test('several are watched at once, until it ends', () => {
  const [left, right] = [createSignal(1), createSignal(1)]
  const seen: (readonly number[])[] = []
  const stop = watchAll([left, right], () => seen.push([left.get(), right.get()]))
  left.set(2)
  right.set(3)
  stop()
  left.set(4)
  right.set(5)
  expect(seen).toEqual([
    [2, 1],
    [2, 3],
  ])
})
