import { expect, test } from 'vitest'
import { parseSettings } from './player-settings.ts'

test('reads what was stored', () => {
  const settings = { rate: 30, loops: false, pick: { kind: 'daily', at: 720 } }
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings)
})

test('takes what is no good as usual', () => {
  const usual = { rate: 10, loops: true, pick: { kind: 'all' } }
  for (const text of [null, '', '[]', '7', '{"rate":1e9,"loops":"x","pick":{"kind":"none"}}']) {
    expect(parseSettings(text)).toEqual(usual)
  }
})
