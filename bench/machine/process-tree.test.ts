import { describe, expect, it } from 'vitest'
import { descendants, parentOf } from './process-tree.ts'

describe('parentOf', () => {
  it('reads the fourth field, whatever the name of the program is', () => {
    expect(parentOf('71 (node) S 42 71 71 0 -1 4194304')).toBe(42)
    expect(parentOf('71 (a) S 1 (b) R 42 71 71')).toBe(42)
  })

  it('is null of nothing', () => {
    expect(parentOf('')).toBeNull()
  })
})

it('counts a process as its own first descendant', () => {
  expect(descendants(process.pid)[0]).toBe(process.pid)
})
