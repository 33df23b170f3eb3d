import { expect, test } from 'vitest'
import type { Panel } from '../fields/panels.ts'
import { bandsOf } from './view-layout.ts'

function panels(...columns: readonly number[]): readonly Panel[] {
  return columns.map((width, index) => ({
    key: String(index),
    columns: width,
    rows: 4,
    tracks: [],
    missing: [],
  }))
}

function widths(all: readonly Panel[], isNarrow = false) {
  return bandsOf(all, isNarrow).map(({ kind, panels: members }) => [
    kind,
    ...members.map(({ columns }) => columns),
  ])
}

test('panels as wide as the view share a band; narrower ones stand side by side while they fit', () => {
  expect(widths(panels(12, 12, 6, 6, 4, 4, 4, 8, 12))).toEqual([
    ['full', 12, 12],
    ['split', 6, 6],
    ['split', 4, 4, 4],
    ['split', 8],
    ['full', 12],
  ])
  expect(widths([])).toEqual([])
})

test('where there is little room all are as wide as the view', () => {
  expect(widths(panels(12, 6, 6), true)).toEqual([['full', 12, 6, 6]])
})
