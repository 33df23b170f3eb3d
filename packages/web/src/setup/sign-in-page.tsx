import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { EmailField } from '../design/email-field.tsx'
import { Notice } from '../design/notice.tsx'
import { PasswordField } from '../design/password-field.tsx'
import { EntryPage } from './entry-page.tsx'
import { safeNext } from './safe-next.ts'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'
import { Rich } from '../i18n/rich.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next } = route.useSearch()
  const client = useClient()
  const queryClient = useQueryClient()
  const router = useRouter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  const signIn = useAction(client.session.create, (me) => {
    // What is cached may be of somebody else, whose session ended here.
    queryClient.clear()
    queryClient.setQueryData(queryKeys.me, me)
    router.history.push(safeNext(next))
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.run({ email: email.trim(), password })
  }

  return (
    <EntryPage title={text('signIn')}>
      <form className="space-y-5" onSubmit={submit}>
        <EmailField whose="own" value={email} onChange={setEmail} />
        <PasswordField
          label={common('password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {signIn.error !== undefined && <Notice tone="error">{signIn.error}</Notice>}
        <Button type="submit" variant="primary" className="w-full" pending={signIn.pending}>
          {text('signIn')}
        </Button>
      </form>
      <p className="mt-8 text-sm text-muted">
        <Rich
          text={text('noAccount')}
          marks={{ code: (inner) => <code className="font-mono text-[0.8125rem]">{inner}</code> }}
        />
      </p>
    </EntryPage>
  )
}
