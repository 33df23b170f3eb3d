import { expect, test } from 'vitest'
import { readListAnswer } from './list-answer.ts'

const object = (key: string, size = '3'): string =>
  `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`

test('goes on after the last object of a page', () => {
  expect(readListAnswer(`${object('a')}${object('b')}<IsTruncated>true</IsTruncated>`, '')).toStrictEqual({
    objects: ['a', 'b'].map((key) => ({ key, bytes: 3, modified: Date.UTC(2026, 0, 2, 3, 4, 5) })),
    next: 'b',
  })
  expect(readListAnswer(`${object('c')}<IsTruncated>false</IsTruncated>`, 'b').next).toBeNull()
})

test.each([
  ['the same page again', object('b'), 'b'],
  ['an earlier page', object('a'), 'b'],
  ['nothing, and more of it', '', 'b'],
])('asks no store for ever that answers with %s', (_, objects, after) => {
  expect(() => readListAnswer(`${objects}<IsTruncated>true</IsTruncated>`, after)).toThrow(/same page/)
})

test.each(['', '-1', 'many', '1e999'])('takes no object of size "%s"', (size) => {
  expect(() => readListAnswer(object('a', size), '')).toThrow(/size/)
})
