import { Link } from '@tanstack/react-router'
import { Unplug, Wrench } from 'lucide-react'
import { buttonStyle } from '../design/button-style.ts'
import type { DraftField } from './editor/draft.ts'
import { listed } from './listed.ts'
import { text } from './texts.ts'

export interface MissingPanelProps {
  /** Its id; null while it is being edited already. */
  readonly view: number | null
  /** What was deleted; non-empty. */
  readonly fields: readonly DraftField[]
}

/** Stands where fields were that somebody deleted, and leads to where the view is repaired. */
export function MissingPanel({ view, fields }: MissingPanelProps) {
  const names = listed(fields.map(({ sensor, field }) => `${sensor} · ${field}`))
  return (
    <section className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sunken px-4 py-3 text-sm last-of-type:border-b-0">
      <Unplug aria-hidden="true" className="size-5 shrink-0 text-warn" />
      <p className="min-w-48 flex-1">
        <span className="font-medium">
          {text(fields.length === 1 ? 'missing' : 'missingSeveral', { fields: names })}
        </span>
        <span className="block text-muted">{text('missingText')}</span>
      </p>
      {view !== null && (
        <Link to="/views/$id/edit" params={{ id: String(view) }} className={buttonStyle('secondary')}>
          <Wrench aria-hidden="true" className="size-4" />
          {text('repair')}
        </Link>
      )}
    </section>
  )
}
