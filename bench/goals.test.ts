import { expect, it } from 'vitest'
import { goals } from './goals.ts'
import { measures } from './measures/catalogue.ts'

it('has a goal for what is measured, but for what others are held against, and what sizes are computed from', () => {
  const judged = new Set<string>(goals.map(({ measure }) => measure))
  const references = goals.flatMap(({ reference }) => ('measure' in reference ? [reference.measure] : []))
  const without = Object.entries(measures)
    .filter(([name, { topic }]) => !judged.has(name) && topic !== 'nodes')
    .map(([name]) => name)
  expect(without.every((name) => references.some((reference) => reference === name))).toBe(true)
})
