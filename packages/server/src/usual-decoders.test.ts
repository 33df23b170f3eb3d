import { expect, test } from 'vitest'
import { usualDecoders } from './usual-decoders.ts'

test.each([
  ['a Raspberry Pi with 1 GB', 4, 0.95e9, 1],
  ['a Raspberry Pi with 4 GB', 4, 3.9e9, 3],
  ['a machine with one processor', 1, 8e9, 1],
  ['a large one', 16, 64e9, 15],
  ['a container of 2 GiB on it', 16, 2 * 2 ** 30, 2],
])('%s', (_name, processors, memory, decoders) => {
  expect(usualDecoders({ processors, memory })).toBe(decoders)
})

test('this machine decodes', () => {
  expect(usualDecoders()).toBeGreaterThanOrEqual(1)
})
