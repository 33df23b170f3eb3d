import { Pencil, Trash2 } from 'lucide-react'
import { IconButton } from '../design/icon-button.tsx'
import { useSensors } from '../timeline/sensors-context.ts'
import { formatPlace, type ShownNote } from './shown-note.ts'
import { text } from './texts.ts'
import { useDeleteNote } from './use-delete-note.ts'

export interface NoteCardsProps {
  readonly notes: readonly ShownNote[]
  readonly onEdit: (note: ShownNote) => void
  /** To its time. */
  readonly onJump: (note: ShownNote) => void
  readonly onDone: () => void
}

/** Notes in full, each with what can be done with it. */
export function NoteCards({ notes, onEdit, onJump, onDone }: NoteCardsProps) {
  const isOfSeveral = useSensors().length > 1
  const remove = useDeleteNote()
  const andClose = (act: (note: ShownNote) => void, note: ShownNote) => () => {
    onDone()
    act(note)
  }
  return (
    <ul className="-mx-1 max-h-80 space-y-3 overflow-y-auto px-1">
      {notes.map((note) => (
        <li key={`${note.sensor}/${note.id}`} className="border-b border-line pb-3 last:border-b-0 last:pb-0">
          <div className="flex items-center gap-1">
            <button
              type="button"
              onClick={andClose(onJump, note)}
              title={text('jump')}
              className="reading min-h-8 min-w-0 flex-1 rounded-sm text-left text-xs text-muted underline-offset-2 hover:text-ink hover:underline pointer-coarse:min-h-11"
            >
              {isOfSeveral
                ? text('ofSensor', { sensor: note.sensor, text: formatPlace(note) })
                : formatPlace(note)}
            </button>
            <IconButton label={text('edit')} onClick={andClose(onEdit, note)}>
              <Pencil aria-hidden="true" />
            </IconButton>
            <IconButton label={text('delete')} onClick={andClose(remove, note)}>
              <Trash2 aria-hidden="true" />
            </IconButton>
          </div>
          <p className="text-sm break-words whitespace-pre-wrap">{note.text}</p>
        </li>
      ))}
    </ul>
  )
}
