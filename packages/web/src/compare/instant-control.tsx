import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Opened } from '../viewer/neighbours.ts'
import { fromLocalInput, toLocalInput } from '../timeline/local-date-time.ts'
import { text as say } from './texts.ts'

export interface InstantControlProps {
  /** Which of the two it is. */
  readonly label: string
  readonly opened: Opened
  readonly onMove: (t: number) => void
}

/** When one of the pictures was taken; leads to others. */
export function InstantControl({ label, opened, onMove }: InstantControlProps) {
  const { picture, previous, next } = opened
  return (
    <div className="mt-3 flex items-end gap-1">
      <Page label={say('pictureBefore', { label })} t={previous} onMove={onMove}>
        <ChevronLeft aria-hidden="true" className="size-5" />
      </Page>
      <label className="min-w-0 flex-1">
        <span className="text-xs text-[#9ba7a3]">{label}</span>
        <input
          key={picture.timestamp}
          type="datetime-local"
          step={1}
          defaultValue={toLocalInput(picture.timestamp)}
          onBlur={(event) => take(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
          className="reading mt-0.5 h-10 w-full rounded-md border border-white/25 bg-transparent px-2.5 pointer-coarse:h-11 focus-visible:outline-white"
        />
      </label>
      <Page label={say('pictureAfter', { label })} t={next} onMove={onMove}>
        <ChevronRight aria-hidden="true" className="size-5" />
      </Page>
    </div>
  )

  function take(text: string): void {
    const t = fromLocalInput(text)
    // To the second, it is the picture that is shown already.
    if (t !== null && text !== toLocalInput(picture.timestamp)) onMove(t)
  }
}

interface PageProps {
  readonly label: string
  /** null where there is none. */
  readonly t: number | null
  readonly onMove: (t: number) => void
  readonly children: ReactNode
}

function Page({ label, t, onMove, children }: PageProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={t === null}
      onClick={() => t !== null && onMove(t)}
      className="grid h-10 w-9 place-items-center rounded-md border border-white/25 hover:bg-white/10 disabled:opacity-25 pointer-coarse:size-11 focus-visible:outline-white"
    >
      {children}
    </button>
  )
}
