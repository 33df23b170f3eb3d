import { HOUR, timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import type { RangeChoice } from './range.ts'
import { parseSearch, sameView, toSearch } from './search.ts'

const t = timestampMs(1_795_452_823_547.25)

const nothingElse = { gallery: null, image: null, of: null, tag: null }

test('an address gives back the view that it was made of', () => {
  const from = timestampMs(1_795_000_000_000)
  const choices: RangeChoice[] = [
    { kind: 'all' },
    { kind: 'following', span: 'week' },
    { kind: 'fixed', from, to: timestampMs(from + HOUR) },
  ]
  for (const choice of choices) {
    expect(parseSearch({ ...toSearch(choice, t) })).toEqual({ choice, pinned: t, ...nothingElse })
    expect(parseSearch({ ...toSearch(choice, null) })).toEqual({ choice, pinned: null, ...nothingElse })
  }
})

test('nonsense asks for nothing', () => {
  for (const search of [
    {},
    { range: 'fortnight' },
    { from: 5 },
    { from: 5, to: 5 },
    { from: 'x', to: {} },
    { t: '', from: null },
    { t: 1e300, image: 7 },
  ]) {
    expect(parseSearch(search)).toEqual({ choice: null, pinned: null, ...nothingElse })
  }
})

test('reversed ends are put in order', () => {
  expect(parseSearch({ from: 9000, to: 5000 }).choice).toEqual({ kind: 'fixed', from: 5000, to: 9000 })
})

test('an open picture is a field and the cursor, and a sensor where there are several', () => {
  const search = { range: 'day', t, image: 'cam1', of: 'rpi' }
  expect(parseSearch(search)).toMatchObject({ image: 'cam1', of: 'rpi', pinned: t })
})

test('a tag is one whatever it looks like', () => {
  expect([7, true, '', 'run:7', {}].map((tag) => parseSearch({ tag }).tag)).toEqual([
    '7',
    'true',
    null,
    'run:7',
    null,
  ])
})

test('addresses of one view are the same whatever else they hold', () => {
  expect(sameView({ range: 'day', t }, { range: 'day', t, image: 'cam1' })).toBe(true)
  expect(sameView({ range: 'day' }, { range: 'day', t })).toBe(false)
})
