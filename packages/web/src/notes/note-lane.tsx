import { StickyNote } from 'lucide-react'
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { iconButtonStyle } from '../design/button-style.ts'
import { Popover } from '../design/popover.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { isViewKey } from '../timeline/gestures/view-key.ts'
import { centredAt, contains } from '../timeline/range.ts'
import { useSensors } from '../timeline/sensors-context.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useSignal } from '../timeline/use-signal.ts'
import { NoteFlag } from './note-flag.tsx'
import { NoteHighlight } from './note-highlight.tsx'
import { bandsOf, clustersOf } from './note-layout.ts'
import { isIn, type NoteDraft, type ShownNote } from './shown-note.ts'
import { text } from './texts.ts'
import { useLaneGestures } from './use-lane-gestures.ts'
import { useNotes } from './use-notes.ts'

const NoteList = lazy(async () => ({ default: (await import('./note-list.tsx')).NoteList }))
const NoteEditor = lazy(async () => ({ default: (await import('./note-editor.tsx')).NoteEditor }))

/** Flags closer than this share one; CSS pixels. */
const LEAST_APART = 26

/** What people noted, along the time axis: flags that open, and room to note something more. */
export function NoteLane() {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const plot = useSignal(timeline.plot)
  const [sensor] = useSensors()
  const { notes, hasMore } = useNotes()
  const [draft, setDraft] = useState<NoteDraft | null>(null)
  const [looked, setLooked] = useState<readonly ShownNote[] | null>(null)

  function add(from: number, to: number | null): void {
    if (sensor === undefined) return
    setDraft({
      id: null,
      sensor: sensor.name,
      text: '',
      from: Math.round(from),
      to: to === null ? null : Math.round(to),
    })
  }

  function jump({ from }: ShownNote): void {
    if (!contains(timeline.range.get(), from)) timeline.zoomTo(centredAt(timeline.range.get(), from))
    timeline.pin(from)
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (draft !== null || !isViewKey(event, 'n')) return
    event.preventDefault()
    add(timeline.instant(), null)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  const gestures = useLaneGestures(add)
  const inSight = notes.filter((note) => isIn(note, range))
  const actions = { onEdit: setDraft, onJump: jump }
  return (
    <>
      <NoteHighlight notes={looked} />
      <section
        aria-label={text('notes')}
        {...gestures}
        className="group/lane relative h-7.5 cursor-copy touch-pan-y overflow-hidden border-t border-line pointer-coarse:h-11"
      >
        <span className="absolute inset-y-0 left-0 z-1 grid w-12 place-items-center">
          <Popover
            title={text('notes')}
            label={text('notesHere', { count: inSight.length })}
            triggerClassName={iconButtonStyle('!size-7 pointer-coarse:!size-11')}
            trigger={<StickyNote aria-hidden="true" className="!size-4" />}
            className="w-96"
          >
            {(close) => (
              <Suspense fallback={<Skeleton className="h-24" />}>
                <NoteList notes={notes} hasMore={hasMore} onAdd={add} onDone={close} {...actions} />
              </Suspense>
            )}
          </Popover>
        </span>
        {plot.width > 0 && (
          <>
            {bandsOf(inSight, range, plot).map(({ key, x, width }) => (
              <span
                key={key}
                aria-hidden="true"
                className="absolute bottom-0 left-0 h-1 bg-note/55"
                style={{ transform: `translateX(${x}px)`, width }}
              />
            ))}
            {inSight.length === 0 && (
              <p
                aria-hidden="true"
                className="absolute inset-y-0 flex items-center text-xs text-muted opacity-0 transition-opacity group-hover/lane:opacity-100 pointer-coarse:opacity-100"
                style={{ left: plot.left }}
              >
                {text('lane')}
              </p>
            )}
            {clustersOf(inSight, range, plot, LEAST_APART).map((cluster) => (
              <NoteFlag key={cluster.key} cluster={cluster} onLook={setLooked} {...actions} />
            ))}
          </>
        )}
      </section>
      {draft !== null && (
        <Suspense fallback={null}>
          <NoteEditor draft={draft} onClose={() => setDraft(null)} />
        </Suspense>
      )}
    </>
  )
}
