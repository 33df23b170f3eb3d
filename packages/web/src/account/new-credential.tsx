import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Secret } from '../design/secret.tsx'
import { TextField } from '../design/text-field.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'
import type { CredentialKind } from './credential-list.tsx'

export interface NewCredentialProps {
  readonly what: CredentialKind
  readonly labelHelp: string
  /** @returns the secret, shown once */
  readonly create: (label: string) => Promise<string>
}

/** Creates a key or token and shows it once. */
export function NewCredential({ what, labelHelp, create }: NewCredentialProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus className="size-4" aria-hidden="true" />
        {text(`new${what}`)}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={text(`new${what}`)}>
        <NewCredentialForm what={what} labelHelp={labelHelp} create={create} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function NewCredentialForm({
  what,
  labelHelp,
  create,
  onClose,
}: NewCredentialProps & { readonly onClose: () => void }) {
  const [label, setLabel] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const action = useAction(create, setSecret)

  function submit(event: FormEvent) {
    event.preventDefault()
    action.run(label.trim())
  }

  if (secret !== null) {
    return (
      <div className="space-y-5">
        <Secret secret={secret} what={what} />
        <div className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            {text('haveCopied')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form onSubmit={submit} className="space-y-5">
      <TextField
        label={text('label')}
        maxLength={64}
        autoComplete="off"
        help={text('labelHelp', { help: labelHelp })}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      {action.error !== undefined && <Notice tone="error">{action.error}</Notice>}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" pending={action.pending}>
          {text('create')}
        </Button>
      </div>
    </form>
  )
}
