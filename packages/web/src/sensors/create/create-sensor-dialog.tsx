import { parseSensorName } from '@senio/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { Notice } from '../../design/notice.tsx'
import { TextField } from '../../design/text-field.tsx'
import { draftErrors, type FieldDraft, newField, problemOf } from '../fields/draft.ts'
import { useRememberKey } from '../fresh-keys.tsx'
import { FieldDrafts } from './field-drafts.tsx'
import { text } from './texts.ts'
import { text as common } from '../../design/texts.ts'

export interface CreateSensorDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** "Create new sensor". Afterwards it leads to the page that connects the device. */
export function CreateSensorDialog({ open, onOpenChange }: CreateSensorDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="wide"
      title={text('createNew')}
      description={text('createLead')}
    >
      <CreateSensorForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

/** One field that most sensors have: it shows how the others are described. */
const firstDraft: FieldDraft = { id: 'first', name: 'temp', type: 'scalar', unit: 'celsius' }

function CreateSensorForm({ onCancel }: { readonly onCancel: () => void }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const rememberKey = useRememberKey()
  const [name, setName] = useState('')
  const [drafts, setDrafts] = useState<readonly FieldDraft[]>([firstDraft])
  // Nobody is told about errors in what they haven't finished.
  const [submitted, setSubmitted] = useState(false)

  const create = useAction(client.sensors.create, (sensor) => {
    rememberKey(sensor.name, sensor.key)
    void queryClient.invalidateQueries({ queryKey: queryKeys.sensors })
    return navigate({ to: '/sensors/$name/connect', params: { name: sensor.name } })
  })

  const nameError = sensorNameError(name)
  const fieldErrors = draftErrors(drafts)
  const noFields = drafts.length === 0

  function submit(event: FormEvent) {
    event.preventDefault()
    setSubmitted(true)
    if (nameError === undefined && fieldErrors.size === 0 && !noFields) {
      create.run({ name: name.trim(), fields: drafts.map(newField) })
    }
  }

  const refusedName = create.errorField === 'name' ? create.error : undefined
  return (
    <form onSubmit={submit} noValidate className="space-y-6">
      <TextField
        label={common('name')}
        placeholder={text('example')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        help={text('nameHelp')}
        value={name}
        onChange={(event) => {
          setName(event.target.value)
          create.reset()
        }}
        error={refusedName ?? (submitted ? nameError : undefined)}
      />
      <FieldDrafts drafts={drafts} onChange={setDrafts} errors={submitted ? fieldErrors : new Map()} />
      {submitted && noFields && <Notice tone="error">{text('needsField')}</Notice>}
      {create.error !== undefined && refusedName === undefined && (
        <Notice tone="error">{create.error}</Notice>
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onCancel}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" pending={create.pending}>
          {text('create')}
        </Button>
      </div>
    </form>
  )
}

function sensorNameError(typed: string): string | undefined {
  const name = typed.trim()
  return name === '' ? text('needsName') : problemOf(() => parseSensorName(name))
}
