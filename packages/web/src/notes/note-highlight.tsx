import { toPixel } from '../timeline/time-scale.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useSignal } from '../timeline/use-signal.ts'
import { isIn, type ShownNote } from './shown-note.ts'

/** Where the notes that somebody looks at lie, across all tracks. */
export function NoteHighlight({ notes }: { readonly notes: readonly ShownNote[] | null }) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const plot = useSignal(timeline.plot)
  const end = plot.left + plot.width
  return (notes ?? [])
    .filter((note) => isIn(note, range))
    .map(({ sensor, id, from, to }) => {
      const x = Math.max(plot.left, toPixel(from, range, plot))
      const width = to === null ? 0 : Math.min(end, toPixel(to, range, plot)) - x
      return (
        <span
          key={`${sensor}/${id}`}
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-0 z-9 border-l border-note bg-note/12"
          style={{ transform: `translateX(${Math.round(x)}px)`, width }}
        />
      )
    })
}
