import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { sensorsQuery } from '../api/queries.ts'
import { CardsPage } from '../app/cards-page.tsx'
import { Button } from '../design/button.tsx'
import { FirstSensor } from './list/first-sensor.tsx'
import { SensorCard } from './list/sensor-card.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

const CreateSensorDialog = lazy(async () => ({
  default: (await import('./create/create-sensor-dialog.tsx')).CreateSensorDialog,
}))

/** Every sensor with its newest values. */
export function SensorsPage() {
  // The navigation has asked before; whoever comes here wants to see the newest values.
  const sensors = useQuery({ ...sensorsQuery(useClient()), refetchOnMount: 'always' })
  const [creating, setCreating] = useState(false)
  // The dialog's code comes with its first use, and stays for the animation of its end.
  const [asked, setAsked] = useState(false)

  function create() {
    setAsked(true)
    setCreating(true)
  }

  return (
    <>
      <CardsPage
        title={common('sensors')}
        query={sensors}
        words={{
          loading: text('loadingSensors'),
          search: text('searchSensors'),
          noneFound: (search) => text('noneContains', { search }),
          showAll: text('showAll'),
        }}
        cards="medium"
        card={(sensor) => <SensorCard key={sensor.name} sensor={sensor} />}
        action={
          <Button variant="primary" onClick={create}>
            <Plus className="size-4" aria-hidden="true" />
            {text('newSensor')}
          </Button>
        }
        first={<FirstSensor onCreate={create} />}
      />
      {asked && (
        <Suspense>
          <CreateSensorDialog open={creating} onOpenChange={setCreating} />
        </Suspense>
      )}
    </>
  )
}
