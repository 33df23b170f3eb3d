import { expect, test } from 'vitest'
import { createSignal } from './signal.ts'

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
