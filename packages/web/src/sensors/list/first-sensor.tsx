import { Plus } from 'lucide-react'
import { Button } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { TimelineFigure } from '../../design/timeline-figure.tsx'
import { text } from '../texts.ts'

/** The start: no sensor yet. */
export function FirstSensor({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <EmptyState
      figure={<TimelineFigure className="w-80 max-w-full text-ink" />}
      title={text('createFirst')}
      action={
        <Button variant="primary" onClick={onCreate}>
          <Plus className="size-4" aria-hidden="true" />
          {text('newSensor')}
        </Button>
      }
    >
      {text('firstHelp')}
    </EmptyState>
  )
}
