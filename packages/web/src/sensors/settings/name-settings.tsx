import { parseSensorName } from '@senio/protocol'
import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { Section } from '../../design/section.tsx'
import { TextField } from '../../design/text-field.tsx'
import { useToast } from '../../design/toast.ts'
import { problemOf } from '../fields/draft.ts'
import { text } from './texts.ts'
import { text as common } from '../../design/texts.ts'

export function NameSettings({ sensor }: { readonly sensor: SensorDetailJson }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  const [name, setName] = useState(sensor.name)

  const rename = useAction(
    (wanted: string) => client.sensors.update(sensor.name, { name: wanted }),
    async (renamed) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
      await navigate({
        to: '/sensors/$name/settings',
        params: { name: renamed.name },
        replace: true,
      })
      queryClient.removeQueries({ queryKey: queryKeys.sensor(sensor.name) })
      toast.done(text('renamed', { name: renamed.name }))
    },
  )

  const wanted = name.trim()
  const isChanged = wanted !== sensor.name
  const refused = isChanged ? problemOf(() => parseSensorName(wanted)) : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isChanged && refused === undefined) rename.run(wanted)
  }

  return (
    <Section title={common('name')} lead={text('nameLead')}>
      <form onSubmit={submit} className="flex max-w-lg items-start gap-3">
        <TextField
          label={text('sensorName')}
          labelHidden
          className="flex-1"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            rename.reset()
          }}
          error={rename.error ?? refused}
        />
        <Button type="submit" disabled={!isChanged} pending={rename.pending}>
          {text('rename')}
        </Button>
      </form>
    </Section>
  )
}
