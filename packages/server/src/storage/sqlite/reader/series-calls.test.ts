import { timestampMs } from '@senio/protocol'
import { expect, it } from 'vitest'
import type { Series } from '../../measurement-store.ts'
import { SeriesCalls } from './series-calls.ts'

const range = { from: timestampMs(0), to: timestampMs(9) }

function query(field: number) {
  return { field, summary: 'statistics' as const, range, points: 9, now: timestampMs(0) }
}

function series(field: number): Series {
  return { kind: 'raw', t: Float64Array.of(field), value: Float64Array.of(field) }
}

it('queries that are asked at once are read at once, and each gets its own answer', async () => {
  const reads: number[] = []
  const calls = new SeriesCalls(async (queries) => {
    reads.push(queries.length)
    return queries.map(({ field }) => series(field))
  })
  expect(await Promise.all([1, 2, 3].map((field) => calls.ask(query(field))))).toEqual([1, 2, 3].map(series))
  expect(await calls.ask(query(4))).toEqual(series(4))
  expect(reads).toEqual([3, 1])
})

it('a read that fails fails for all of its queries, and not for later ones', async () => {
  let failures = 1
  const calls = new SeriesCalls(async (queries) => {
    if (failures-- > 0) throw new RangeError('disk')
    return queries.map(({ field }) => series(field))
  })
  const answers = await Promise.allSettled([1, 2].map((field) => calls.ask(query(field))))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await calls.ask(query(3))).toEqual(series(3))
})
