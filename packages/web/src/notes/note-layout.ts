import type { TimeRange } from '@senio/protocol'
import { type PlotBox, toPixel } from '../timeline/time-scale.ts'
import { isIn, type ShownNote } from './shown-note.ts'

/** Notes whose flags would lie on each other: they share one. */
export interface NoteCluster {
  /** The same while its first note stays the same. */
  readonly key: string
  /** Non-empty, by their start. */
  readonly notes: readonly [ShownNote, ...ShownNote[]]
  /** Where its flag stands, CSS pixels. */
  readonly x: number
  /** Up to the next flag or the end of the plot, CSS pixels. */
  readonly room: number
}

/** A range that somebody noted something on, CSS pixels. */
export interface NoteBand {
  readonly key: string
  readonly x: number
  readonly width: number
}

/** The flags of the notes in a range, ascending; what began before it stands at its start. */
export function clustersOf(
  notes: readonly ShownNote[],
  range: TimeRange,
  plot: PlotBox,
  least: number,
): readonly NoteCluster[] {
  const placed = notes
    .filter((note) => isIn(note, range))
    .map((note) => ({ note, x: Math.max(plot.left, toPixel(note.from, range, plot)) }))
    .sort((a, b) => a.x - b.x || a.note.from - b.note.from || a.note.id - b.note.id)
  const clusters: { x: number; notes: [ShownNote, ...ShownNote[]] }[] = []
  for (const { note, x } of placed) {
    const last = clusters.at(-1)
    if (last === undefined || x - last.x >= least) clusters.push({ x, notes: [note] })
    else last.notes.push(note)
  }
  const end = plot.left + plot.width
  return clusters.map(({ x, notes: members }, index) => ({
    key: `${members[0].sensor}/${members[0].id}`,
    notes: members,
    x: Math.min(Math.round(x), end - least),
    room: Math.max(least, Math.round((clusters[index + 1]?.x ?? end) - x)),
  }))
}

/** The stretches of notes on ranges that are in sight; at least a pixel wide. */
export function bandsOf(notes: readonly ShownNote[], range: TimeRange, plot: PlotBox): readonly NoteBand[] {
  const end = plot.left + plot.width
  return notes
    .filter((note) => isIn(note, range))
    .flatMap(({ sensor, id, from, to }) => {
      if (to === null) return []
      const x = Math.max(plot.left, toPixel(from, range, plot))
      return [{ key: `${sensor}/${id}`, x, width: Math.max(1, Math.min(end, toPixel(to, range, plot)) - x) }]
    })
}
