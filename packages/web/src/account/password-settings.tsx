import { type FormEvent, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { NewPasswordField } from '../design/new-password-field.tsx'
import { Notice } from '../design/notice.tsx'
import { PasswordField } from '../design/password-field.tsx'
import { Section } from '../design/section.tsx'
import { useToast } from '../design/toast.ts'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

export function PasswordSettings({ email }: { readonly email: string }) {
  const client = useClient()
  const toast = useToast()
  const [currentPassword, setCurrentPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')

  const change = useAction(client.me.changePassword, () => {
    setCurrentPassword('')
    setNewPassword('')
    toast.done(text('passwordChanged'))
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    change.run({ currentPassword, newPassword })
  }

  return (
    <Section title={common('password')} lead={text('passwordEnds')}>
      <form onSubmit={submit} className="max-w-sm space-y-4">
        {/* Password managers want to know whose it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={text('currentPassword')}
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.target.value)}
        />
        <NewPasswordField label={text('newPassword')} value={newPassword} onChange={setNewPassword} />
        {change.error !== undefined && <Notice tone="error">{change.error}</Notice>}
        <Button type="submit" pending={change.pending}>
          {text('changePassword')}
        </Button>
      </form>
    </Section>
  )
}
