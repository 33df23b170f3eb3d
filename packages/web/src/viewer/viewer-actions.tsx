import { ChartSpline, Check, Download, Link2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { SameTime } from '../compare/same-time-buttons.tsx'
import { copyText } from '../design/copy-text.ts'
import { text } from './texts.ts'

export interface ViewerActionsProps {
  /** Where the original is served. */
  readonly original: string
  readonly fileName: string
  /** When the picture was taken. */
  readonly t: number
  readonly onShowOnTimeline: () => void
  /** Told the instant to compare with. */
  readonly onCompare: (other: number) => void
}

const CONFIRMED_MS = 2500

/** What can be done with an open picture. */
export function ViewerActions({ original, fileName, t, onShowOnTimeline, onCompare }: ViewerActionsProps) {
  return (
    <>
      <p className="mt-4 text-xs text-[#9ba7a3]">{text('compare')}</p>
      <SameTime t={t} onChoose={onCompare} />
      <div className="mt-4 flex flex-col gap-2">
        <a href={original} download={fileName} className={actionStyle}>
          <Download aria-hidden="true" className="size-4" />
          {text('download')}
        </a>
        <CopyLink />
        <Action onClick={onShowOnTimeline}>
          <ChartSpline aria-hidden="true" className="size-4" />
          {text('showOnTimeline')}
        </Action>
      </div>
    </>
  )
}

const actionStyle =
  'inline-flex h-10 w-fit items-center gap-2 rounded-md border border-white/25 px-3.5 font-medium hover:bg-white/10 pointer-coarse:h-11 focus-visible:outline-white'

function Action({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={actionStyle}>
      {children}
    </button>
  )
}

/** The page's address leads whoever may see the sensor to this very picture. */
function CopyLink() {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)

  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy(): Promise<void> {
    setOutcome((await copyText(location.href)) ? 'copied' : 'failed')
  }

  return (
    <Action onClick={() => void copy()}>
      {outcome === 'copied' ? (
        <Check aria-hidden="true" className="size-4" />
      ) : (
        <Link2 aria-hidden="true" className="size-4" />
      )}
      <span aria-live="polite">
        {outcome === null ? text('copyLink') : outcome === 'copied' ? text('linkCopied') : text('copyByHand')}
      </span>
    </Action>
  )
}
