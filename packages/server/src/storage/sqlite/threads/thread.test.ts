import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { codeOf } from '../../contract/database-under-test.ts'
import type { SampleJobs } from './testing/sample-thread.ts'
import { Thread } from './thread.ts'

describe('a thread', () => {
  let thread: Thread<SampleJobs>
  let deaths: unknown[]
  beforeEach(() => {
    deaths = []
    thread = new Thread(new URL('./testing/sample-thread.ts', import.meta.url), null, (error) => {
      deaths.push(error.code)
    })
  })
  afterEach(() => thread.end())

  test('answers each caller', async () => {
    const sums = await Promise.all([1, 2, 3].map((n) => thread.call('add', [n, n])))
    expect(sums).toStrictEqual([2, 4, 6])
  })

  test('passes failures on with their code, and goes on', async () => {
    expect(await codeOf(thread.call('refuse', undefined))).toBe('not-found')
    expect(await codeOf(thread.call('fail', undefined))).toBe('defect')
    expect(await codeOf(thread.call('breakDown', undefined))).toBe('storage-full')
    expect(await thread.call('work', { name: 'after', ms: 0 })).toBe('after')
  })

  test('does quick jobs while a long one runs, and long ones in turn', async () => {
    const jobs = [
      thread.call('work', { name: 'first', ms: 150 }),
      thread.call('work', { name: 'second', ms: 0 }),
      thread.call('note', 'quick'),
    ]
    await Promise.all(jobs)
    expect(await thread.call('done', undefined)).toStrictEqual(['quick', 'first', 'second'])
  })

  test.each(['die', 'dieLater'] as const)('tells everybody when it ends unexpectedly (%s)', async (how) => {
    const waiting = thread.call('work', { name: 'never', ms: 1e9 })
    const killing = thread.call(how, undefined)
    expect(await codeOf(waiting)).toBe('storage-failing')
    await killing.catch(() => undefined)
    expect(await codeOf(thread.call('add', [1, 1]))).toBe('storage-failing')
    expect(deaths).toStrictEqual(['storage-failing'])
  })

  test('ends without a word when it is told to', async () => {
    const waiting = thread.call('work', { name: 'never', ms: 1e9 })
    await Promise.all([thread.end(), expect(waiting).rejects.toMatchObject({ code: 'storage-failing' })])
    expect(deaths).toStrictEqual([])
  })
})
