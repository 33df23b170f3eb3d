import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { setupQuery } from '../api/queries.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { EmailField } from '../design/email-field.tsx'
import { NewPasswordField } from '../design/new-password-field.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { EntryPage } from './entry-page.tsx'
import { setupTokenIn } from './setup-token.ts'
import { text as say } from './texts.ts'
import { text as common } from '../design/texts.ts'

/** The first account of an installation, by the one-time link that the server printed. */
export function SetupPage() {
  const [token, setToken] = useState(() => setupTokenIn(location.hash))
  const { data: setup } = useQuery(setupQuery(useClient()))

  useEffect(() => {
    function takeToken() {
      if (location.hash === '') return
      setToken(setupTokenIn(location.hash))
      // The token stays out of the history and of screenshots.
      history.replaceState(history.state, '', location.pathname)
    }
    takeToken()
    // The link may be opened where this page is open already: then nothing but the hash changes.
    window.addEventListener('hashchange', takeToken)
    return () => window.removeEventListener('hashchange', takeToken)
  }, [])

  if (setup?.needed === false) return <Navigate to="/sensors" replace />
  return token === '' ? <LinkNeeded onToken={setToken} /> : <FirstAccount token={token} />
}

function LinkNeeded({ onToken }: { readonly onToken: (token: string) => void }) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const token = setupTokenIn(text)
    setRefused(token === '')
    if (token !== '') onToken(token)
  }

  return (
    <EntryPage title={say('setUp')} lead={say('setUpLead')}>
      <form className="space-y-5" onSubmit={submit}>
        <TextField
          label={say('setUpLink')}
          placeholder={`${location.origin}/setup#token=…`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={refused ? say('notALink') : undefined}
        />
        <Button type="submit" variant="primary" className="w-full">
          {say('continue')}
        </Button>
      </form>
    </EntryPage>
  )
}

function FirstAccount({ token }: { readonly token: string }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  const create = useAction(client.setup.create, (me) => {
    queryClient.setQueryData(queryKeys.me, me)
    queryClient.setQueryData(queryKeys.setup, { needed: false })
    return navigate({ to: '/sensors' })
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    create.run({ token, email: email.trim(), password })
  }

  return (
    <EntryPage title={say('welcome')} lead={say('welcomeLead')}>
      <form className="space-y-5" onSubmit={submit}>
        <EmailField
          whose="own"
          help={say('emailHelp')}
          value={email}
          onChange={setEmail}
          error={create.errorField === 'email' ? create.error : undefined}
        />
        <NewPasswordField
          label={common('password')}
          value={password}
          onChange={setPassword}
          error={create.errorField === 'password' ? create.error : undefined}
        />
        {create.error !== undefined && create.errorField !== 'email' && create.errorField !== 'password' && (
          <Notice tone="error">{create.error}</Notice>
        )}
        <Button type="submit" variant="primary" className="w-full" pending={create.pending}>
          {say('createAccount')}
        </Button>
      </form>
    </EntryPage>
  )
}
