import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test.each([
  ['bytes=0-0', 0, 1],
  ['bytes=2-5', 2, 6],
  ['bytes=4-', 4, 10],
  ['bytes=-3', 7, 10],
  ['bytes=-30', 0, 10],
  ['bytes=5-100', 5, 10],
])('reads %s of ten', (header, start, end) => {
  expect(byteRange(header, 10)).toStrictEqual({ start, end })
})

test.each([
  undefined,
  '',
  'bytes=-',
  'bytes=5-4',
  'bytes=0-1,3-4',
  'lines=1-2',
  'bytes=a-b',
  'bytes=9999999999999999-',
])('takes %s for all', (header) => {
  expect(byteRange(header, 10)).toBeNull()
})

test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('refuses %s of ten', (header) => {
  expect(() => byteRange(header, 10)).toThrow(
    expect.objectContaining({ code: 'range-not-satisfiable', status: 416 }),
  )
})
