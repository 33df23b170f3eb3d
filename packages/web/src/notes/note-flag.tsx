import { Flag } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Popover } from '../design/popover.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { Tooltip } from '../design/tooltip.tsx'
import type { NoteCluster } from './note-layout.ts'
import { formatPlace, type ShownNote } from './shown-note.ts'
import { text } from './texts.ts'

const NoteCards = lazy(async () => ({ default: (await import('./note-card.tsx')).NoteCards }))

/** A text needs that much to say something; CSS pixels. */
const LABEL_FROM = 72
const LABEL_MOST = 240
const GAP = 6

export interface NoteFlagProps {
  readonly cluster: NoteCluster
  readonly onEdit: (note: ShownNote) => void
  readonly onJump: (note: ShownNote) => void
  /** Told the notes that are being looked at; null: none any more. */
  readonly onLook: (notes: readonly ShownNote[] | null) => void
}

/** One or several notes on the lane; opens them. */
export function NoteFlag({ cluster: { notes, x, room }, onEdit, onJump, onLook }: NoteFlagProps) {
  const [first] = notes
  const isOne = notes.length === 1
  const label = isOne ? first.text : text('several', { count: notes.length })
  const width = Math.min(LABEL_MOST, room - GAP)
  return (
    <span
      className="absolute inset-y-0 left-0 flex items-center"
      style={{ transform: `translateX(${x}px)`, maxWidth: Math.max(width, 22) }}
      onPointerEnter={() => onLook(notes)}
      onPointerLeave={() => onLook(null)}
      onFocus={() => onLook(notes)}
      onBlur={() => onLook(null)}
    >
      <Tooltip
        text={
          isOne
            ? first.text.slice(0, 300)
            : notes
                .map((note) => note.text.slice(0, 80))
                .join(' · ')
                .slice(0, 300)
        }
      >
        <Popover
          title={isOne ? formatPlace(first) : label}
          triggerClassName="flex h-5.5 max-w-full min-w-0 items-center gap-1 rounded-r-full rounded-l-xs border-l-2 border-note bg-note-soft pr-2 pl-1 text-xs text-ink hover:brightness-95 pointer-coarse:h-9 [&>svg]:size-3 [&>svg]:shrink-0"
          trigger={
            <>
              <Flag aria-hidden="true" className="text-note" />
              {width >= LABEL_FROM ? (
                <span className="truncate">{label}</span>
              ) : (
                <span className={isOne ? 'sr-only' : 'reading'}>{isOne ? label : notes.length}</span>
              )}
              <span className="sr-only">{`, ${formatPlace(first)}`}</span>
            </>
          }
          className="w-84"
        >
          {(close) => (
            <Suspense fallback={<Skeleton className="h-20" />}>
              <NoteCards notes={notes} onEdit={onEdit} onJump={onJump} onDone={close} />
            </Suspense>
          )}
        </Popover>
      </Tooltip>
    </span>
  )
}
