import { expect, it } from 'vitest'
import { goals } from './goals.ts'
import { measures } from './measures/catalogue.ts'

it('has a goal for what is measured, but for what others are held against', () => {
  const judged = new Set<string>(goals.map(({ measure }) => measure))
  const references = goals.flatMap(({ reference }) => ('measure' in reference ? [reference.measure] : []))
  const without = Object.keys(measures).filter((name) => !judged.has(name))
  expect(without.every((name) => references.some((reference) => reference === name))).toBe(true)
})
