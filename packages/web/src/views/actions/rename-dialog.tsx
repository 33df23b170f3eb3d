import type { ViewJson } from '@senio/protocol/api'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient } from '../../api/client-context.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { TextField } from '../../design/text-field.tsx'
import { useToast } from '../../design/toast.ts'
import { nameFault } from '../editor/draft.ts'
import { nameFaultText } from '../name-fault-text.ts'
import { text } from '../texts.ts'

export interface RenameDialogProps {
  readonly view: ViewJson
  readonly open: boolean
  readonly onClose: () => void
}

export function RenameDialog({ view, open, onClose }: RenameDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={text('renameTitle')}>
      <RenameForm view={view} onClose={onClose} />
    </Dialog>
  )
}

function RenameForm({ view, onClose }: Omit<RenameDialogProps, 'open'>) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [name, setName] = useState(view.name)
  const [submitted, setSubmitted] = useState(false)
  const rename = useAction(
    (next: string) => client.views.update(view.id, { name: next }),
    (renamed) => {
      queryClient.setQueryData(queryKeys.view(view.id), renamed)
      void queryClient.invalidateQueries({ queryKey: queryKeys.views })
      toast.done(text('renamed', { name: renamed.name }))
      onClose()
    },
  )
  const fault = nameFault(name)

  function submit(event: FormEvent) {
    event.preventDefault()
    setSubmitted(true)
    if (fault === null) rename.run(name.trim())
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <TextField
        label={text('name')}
        autoComplete="off"
        value={name}
        onChange={(event) => {
          setName(event.target.value)
          rename.reset()
        }}
        error={rename.error ?? (submitted && fault !== null ? nameFaultText(fault) : undefined)}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{text('cancel')}</Button>
        <Button type="submit" variant="primary" pending={rename.pending}>
          {text('rename')}
        </Button>
      </div>
    </form>
  )
}
