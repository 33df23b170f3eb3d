import { Plus } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useSignal } from '../timeline/use-signal.ts'
import { NoteCards, type NoteCardsProps } from './note-card.tsx'
import { isIn } from './shown-note.ts'
import { text } from './texts.ts'

export interface NoteListProps extends NoteCardsProps {
  readonly hasMore: boolean
  /** @param to null: at an instant */
  readonly onAdd: (from: number, to: number | null) => void
}

/** The notes of the range, and what adds one. */
export function NoteList({ notes, hasMore, onAdd, ...actions }: NoteListProps) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const inSight = notes.filter((note) => isIn(note, range))

  function add(from: number, to: number | null): void {
    actions.onDone()
    onAdd(from, to)
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => add(timeline.instant(), null)}>
          <Plus aria-hidden="true" className="size-4" />
          {text('addAtCursor')}
        </Button>
        <Button variant="quiet" onClick={() => add(range.from, range.to)}>
          {text('addToRange')}
        </Button>
      </div>
      {inSight.length === 0 ? (
        <p className="text-sm text-muted">{text('none')}</p>
      ) : (
        <NoteCards notes={inSight} {...actions} />
      )}
      {hasMore && <p className="text-xs text-muted">{text('tooMany')}</p>}
    </div>
  )
}
