import { describe, expect, it } from 'vitest'
import { freeName } from './free-name.ts'

describe('the name of a copy', () => {
  it.each([
    ['Greenhouse', [], 'Greenhouse (2)'],
    ['Greenhouse', ['Greenhouse (2)', 'Greenhouse (3)'], 'Greenhouse (4)'],
    ['Greenhouse (2)', ['Greenhouse (2)'], 'Greenhouse (3)'],
    ['(7)', [], '(7) (2)'],
    ['x'.repeat(64), [], `${'x'.repeat(60)} (2)`],
    [`${'x'.repeat(59)}🌱🌱`, [], `${'x'.repeat(59)} (2)`],
  ])('of "%s" beside %j is "%s"', (name, taken, expected) => {
    expect(freeName(name, new Set(taken))).toBe(expected)
  })
})
