import { HOUR } from '@senio/protocol'
import { expect, it } from 'vitest'
import { VerifiedOriginals } from './verified-originals.ts'

function bench(capacity?: number) {
  const clock = { now: 0 }
  const verified = new VerifiedOriginals({
    elapsed: () => clock.now,
    ...(capacity === undefined ? {} : { capacity }),
  })
  const checked: string[] = []
  const verify = (sha1: string, version = 'first'): Promise<void> =>
    verified.verify(sha1, version, async () => void checked.push(`${sha1} ${version}`))
  return { clock, verified, checked, verify }
}

it('checks once, for an hour', async () => {
  const { clock, checked, verify } = bench()
  await verify('a')
  clock.now = HOUR - 1
  await verify('a')
  expect(checked).toEqual(['a first'])
  clock.now = HOUR
  await verify('a')
  expect(checked).toEqual(['a first', 'a first'])
})

it('checks other bytes under the same hash, and what was found damaged', async () => {
  const { verified, checked, verify } = bench()
  await verify('a')
  await verify('a', 'second')
  verified.forget('a')
  await verify('a', 'second')
  expect(checked).toEqual(['a first', 'a second', 'a second'])
})

it('remembers so many, those that were asked for last', async () => {
  const { checked, verify } = bench(2)
  for (const sha1 of ['a', 'b', 'a', 'c', 'a', 'b']) await verify(sha1)
  expect(checked).toEqual(['a first', 'b first', 'c first', 'b first'])
})

it('lets those who ask at once wait for one check, and remembers none that failed', async () => {
  const { verified, checked, verify } = bench()
  const { promise, reject } = Promise.withResolvers<never>()
  const both = Promise.allSettled([
    verified.verify('a', 'first', () => promise),
    verified.verify('a', 'first', () => promise),
    verify('a'),
  ])
  reject(new RangeError('damaged'))
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(checked).toEqual([])
  await verify('a')
  expect(checked).toEqual(['a first'])
})
