import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { buttonStyle } from '../../design/button-style.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { TimelineFigure } from '../../design/timeline-figure.tsx'
import { text } from '../texts.ts'

/** The start: no view yet. */
export function FirstView({ hasSensors }: { readonly hasSensors: boolean }) {
  return (
    <EmptyState
      figure={<TimelineFigure className="w-80 max-w-full text-ink" />}
      title={text('emptyTitle')}
      action={
        hasSensors ? (
          <Link to="/views/new" className={buttonStyle('primary')}>
            <Plus className="size-4" aria-hidden="true" />
            {text('newView')}
          </Link>
        ) : (
          <Link to="/sensors" className={buttonStyle('primary')}>
            {text('toSensors')}
          </Link>
        )
      }
    >
      {text(hasSensors ? 'emptyText' : 'emptyNoSensors')}
    </EmptyState>
  )
}
