import { Plus } from 'lucide-react'
import { Button } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { TimelineFigure } from '../../design/timeline-figure.tsx'

/** The start: no sensor yet. */
export function FirstSensor({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <EmptyState
      figure={<TimelineFigure className="w-80 max-w-full text-ink" />}
      title="Create your first sensor"
      action={
        <Button variant="primary" onClick={onCreate}>
          <Plus className="size-4" aria-hidden="true" />
          New sensor
        </Button>
      }
    >
      A sensor is anything that publishes: a Raspberry Pi with a camera, an ESP32, a script. It takes a
      minute: name it, say what it measures, copy one command.
    </EmptyState>
  )
}
