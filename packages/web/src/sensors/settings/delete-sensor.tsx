import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { sensorsQuery } from '../../api/queries.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { Section } from '../../design/section.tsx'
import { useToast } from '../../design/toast.ts'
import { text } from './texts.ts'

export function DeleteSensor({ sensor: { name } }: { readonly sensor: SensorDetailJson }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  const [asking, setAsking] = useState(false)

  const remove = useAction(
    () => client.sensors.delete(name),
    async () => {
      queryClient.setQueryData(sensorsQuery(client).queryKey, (sensors) =>
        sensors?.filter((sensor) => sensor.name !== name),
      )
      await navigate({ to: '/sensors' })
      queryClient.removeQueries({ queryKey: queryKeys.sensor(name) })
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
      toast.done(text('deleted', { sensor: name }))
    },
  )

  return (
    <Section
      title={text('deleteSensor')}
      lead={text('deleteLead')}
      actions={
        <Button variant="danger-secondary" onClick={() => setAsking(true)}>
          {text('deleteSensorDots')}
        </Button>
      }
    >
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open)
          remove.reset()
        }}
        title={text('askDelete', { sensor: name })}
        confirmLabel={text('deleteSensor')}
        typeToConfirm={name}
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => remove.run(undefined)}
      >
        {text('deleteHelp')}
      </ConfirmDialog>
    </Section>
  )
}
