import { describe, expect, it } from 'vitest'
import { rangeOf } from '../timeline/range.ts'
import { bandsOf, clustersOf } from './note-layout.ts'
import type { ShownNote } from './shown-note.ts'

const range = rangeOf(1000, 2000)
/** A pixel for each two ms. */
const plot = { left: 50, width: 500 }

function note(id: number, from: number, to: number | null = null): ShownNote {
  return { id, sensor: 'rpi', text: `note ${id}`, from, to, created: 0, changed: 0 }
}

function flags(notes: readonly ShownNote[]) {
  return clustersOf(notes, range, plot, 24).map(({ x, room, notes: members }) => ({
    x,
    room,
    ids: members.map(({ id }) => id),
  }))
}

describe('flags', () => {
  it('stand where their notes begin', () => {
    expect(flags([note(1, 1100), note(2, 1500)])).toEqual([
      { x: 100, room: 200, ids: [1] },
      { x: 300, room: 250, ids: [2] },
    ])
  })

  it('are shared by notes that would lie on each other', () => {
    expect(flags([note(3, 1130), note(1, 1100), note(2, 1110), note(4, 1150)])).toEqual([
      { x: 100, room: 25, ids: [1, 2, 3] },
      { x: 125, room: 425, ids: [4] },
    ])
  })

  it('of what began before the range stand at its start, and those at its end within it', () => {
    expect(flags([note(1, 500, 1200), note(2, 1999)])).toEqual([
      { x: 50, room: 500, ids: [1] },
      { x: 526, room: 24, ids: [2] },
    ])
  })

  it('are not shown of notes outside', () => {
    expect(flags([note(1, 999), note(2, 2000), note(3, 10, 1000)])).toEqual([])
  })
})

it('bands end with the plot', () => {
  const bands = bandsOf([note(1, 500, 1200), note(2, 1800, 9000), note(3, 1500)], range, plot)
  expect(bands.map(({ x, width }) => [x, width])).toEqual([
    [50, 100],
    [450, 100],
  ])
})
