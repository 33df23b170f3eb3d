import { expect, test } from 'vitest'
import { parseScale } from './value-scale.ts'

test('reads what was stored', () => {
  expect(parseScale('[-5,40.5]')).toEqual([-5, 40.5])
})

test.each([null, '', 'x', '[]', '[1]', '[2,1]', '[1,1]', '[null,1]', '["1","2"]', '[1,1e999]', '{}'])(
  'takes %j for no scale',
  (text) => expect(parseScale(text)).toBeNull(),
)
