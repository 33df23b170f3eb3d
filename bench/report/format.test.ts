import { describe, expect, it } from 'vitest'
import { formatFigure, formatRounds, formatTable } from './format.ts'

describe('formatFigure', () => {
  it.each([
    [0, '0'],
    [0.30149, '0.301'],
    [0.5, '0.5'],
    [2, '2'],
    [12.34, '12.3'],
    [100, '100'],
    [999.4, '999'],
    [4561, '4,560'],
    [36_123, '36,100'],
  ])('shows %d as %s', (figure, text) => {
    expect(formatFigure(figure)).toBe(text)
  })

  it('says that it does not know', () => {
    expect(formatFigure(Number.NaN)).toBe('?')
  })
})

describe('formatRounds', () => {
  it('shows the median and the spread', () => {
    expect(formatRounds([3, 1, 2])).toBe('2 (1–3)')
  })

  it('shows a single round without a spread, and nothing of none', () => {
    expect(formatRounds([2])).toBe('2')
    expect(formatRounds([])).toBe('')
  })
})

it('lines up the columns of a table and escapes bars', () => {
  expect(
    formatTable(
      ['Measure', 'A'],
      [
        ['a|b', '12.5'],
        ['c', ''],
      ],
    ),
  ).toBe(['| Measure |    A |', '| ------- | ---: |', '| a\\|b    | 12.5 |', '| c       |      |'].join('\n'))
})
