import type { SensorDetailJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { Notice } from '../../design/notice.tsx'
import { TextField } from '../../design/text-field.tsx'
import { useToast } from '../../design/toast.ts'
import { draftErrors, type FieldDraft, newField } from '../fields/draft.ts'
import { TypeSelect } from '../fields/type-select.tsx'
import { UnitField } from '../fields/unit-field.tsx'
import { text } from './texts.ts'
import { text as common } from '../../design/texts.ts'

export interface FieldDialogProps {
  readonly sensor: SensorDetailJson
  /** The field to edit; null adds a new one. */
  readonly field: string | null
  readonly open: boolean
  readonly onClose: () => void
}

/** Adds a field or changes one. */
export function FieldDialog({ sensor, field, open, onClose }: FieldDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={field === null ? text('addField') : text('edit', { field })}
      {...(field === null ? {} : { description: text('typeStays') })}
    >
      <FieldForm key={field} sensor={sensor} field={field} onClose={onClose} />
    </Dialog>
  )
}

function FieldForm({ sensor, field, onClose }: Omit<FieldDialogProps, 'open'>) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(sensor, field))
  const [submitted, setSubmitted] = useState(false)

  const save = useAction(
    (wanted: FieldDraft) => {
      const { name, type, unit } = newField(wanted)
      if (field === null) return client.fields.add(sensor.name, { name, type, unit })
      return client.fields.update(sensor.name, field, {
        ...(name === field ? {} : { name }),
        ...(unit === undefined ? {} : { unit }),
      })
    },
    async (_, { name }) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.sensor(sensor.name) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
      toast.done(
        field === null
          ? text('fieldAdded', { field: name.trim() })
          : text('fieldChanged', { field: name.trim() }),
      )
      onClose()
    },
  )

  const others = Object.keys(sensor.fields).filter((name) => name !== field)
  const errors = draftErrors([draft], others).get(draft.id)

  function submit(event: FormEvent) {
    event.preventDefault()
    setSubmitted(true)
    if (errors === undefined) save.run(draft)
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <TextField
        label={common('name')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        error={submitted ? errors?.name : undefined}
      />
      {field === null && <TypeSelect type={draft.type} onChange={(type) => setDraft({ ...draft, type })} />}
      <UnitField
        type={draft.type}
        unit={draft.unit}
        onChange={(unit) => setDraft({ ...draft, unit })}
        error={submitted ? errors?.unit : undefined}
      />
      {save.error !== undefined && <Notice tone="error">{save.error}</Notice>}
      <div className="flex flex-wrap justify-end gap-3 pt-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" pending={save.pending}>
          {field === null ? text('addTheField') : common('save')}
        </Button>
      </div>
    </form>
  )
}

function draftOf(sensor: SensorDetailJson, name: string | null): FieldDraft {
  const field = name === null ? undefined : sensor.fields[name]
  return { id: 'draft', name: name ?? '', type: field?.type ?? 'scalar', unit: field?.unit ?? '' }
}
