import { expect, test } from 'vitest'
import { parseHidden, withToggled } from './hidden-fields.ts'

test('a field is hidden and shown again by the address', () => {
  const one = withToggled(undefined, 'rpi/temp')
  const two = withToggled(one, 'rpi/humidity')
  expect([...parseHidden(two)]).toEqual(['rpi/temp', 'rpi/humidity'])
  expect(withToggled(two, 'rpi/temp')).toBe('rpi/humidity')
  expect(withToggled(one, 'rpi/temp')).toBeUndefined()
})

test('nonsense hides nothing', () => {
  for (const nonsense of [undefined, 7, {}, '', ',,']) expect(parseHidden(nonsense).size).toBe(0)
})
