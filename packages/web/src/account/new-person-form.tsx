import { MIN_PASSWORD_LENGTH } from '@senio/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { PasswordField } from '../design/password-field.tsx'
import { TextField } from '../design/text-field.tsx'
import { useToast } from '../design/toast.ts'

/** An account for somebody else. */
export function NewPersonForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  const create = useAction(client.accounts.create, async (account) => {
    await queryClient.invalidateQueries({ queryKey: queryKeys.accounts })
    toast.done(`${account.email} is added`)
    onClose()
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    create.run({ email: email.trim(), password })
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label="E-mail"
        type="email"
        autoComplete="off"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label="First password"
        autoComplete="new-password"
        required
        minLength={MIN_PASSWORD_LENGTH}
        help={`At least ${MIN_PASSWORD_LENGTH} characters. Hand it over yourself: Senio sends no e-mail.`}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {create.error !== undefined && <Notice tone="error">{create.error}</Notice>}
      <div className="flex flex-wrap justify-end gap-3 pt-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.pending}>
          Add the person
        </Button>
      </div>
    </form>
  )
}
