import { MIN_PASSWORD_LENGTH } from '@senio/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { EmailField } from '../design/email-field.tsx'
import { NewPasswordField } from '../design/new-password-field.tsx'
import { Notice } from '../design/notice.tsx'
import { useToast } from '../design/toast.ts'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

/** An account for somebody else. */
export function NewPersonForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  const create = useAction(client.accounts.create, async (account) => {
    await queryClient.invalidateQueries({ queryKey: queryKeys.accounts })
    toast.done(text('personAdded', { email: account.email }))
    onClose()
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    create.run({ email: email.trim(), password })
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <EmailField whose="other" value={email} onChange={setEmail} />
      <NewPasswordField
        label={text('firstPassword')}
        help={text('handOver', { count: MIN_PASSWORD_LENGTH })}
        value={password}
        onChange={setPassword}
      />
      {create.error !== undefined && <Notice tone="error">{create.error}</Notice>}
      <div className="flex flex-wrap justify-end gap-3 pt-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" pending={create.pending}>
          {text('addThePerson')}
        </Button>
      </div>
    </form>
  )
}
