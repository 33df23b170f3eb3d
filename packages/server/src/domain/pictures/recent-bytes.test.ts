import { expect, it } from 'vitest'
import { RecentBytes } from './recent-bytes.ts'

it('forgets what was not used for longest when it is full', () => {
  const recent = new RecentBytes(10)
  for (const key of ['a', 'b', 'c']) recent.add(key, new Uint8Array(3))
  expect(recent.get('a')).toHaveLength(3)
  recent.add('d', new Uint8Array(4))
  expect(['a', 'b', 'c', 'd'].map((key) => recent.get(key)?.length)).toEqual([3, undefined, 3, 4])
  recent.add('d', new Uint8Array(1))
  recent.add('e', new Uint8Array(3))
  expect(recent.get('a')).toHaveLength(3)
  recent.add('f', new Uint8Array(11))
  expect(['a', 'c', 'd', 'e', 'f'].map((key) => recent.get(key))).toEqual([null, null, null, null, null])
})
