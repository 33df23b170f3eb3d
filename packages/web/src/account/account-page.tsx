import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useClient } from '../api/client-context.ts'
import { meQuery } from '../api/queries.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Page } from '../app/page.tsx'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Section } from '../design/section.tsx'
import { Segmented } from '../design/segmented.tsx'
import { useTheme } from '../design/theme.ts'
import { PasswordSettings } from './password-settings.tsx'
import { PeopleSettings } from './people-settings.tsx'
import { SessionSettings } from './session-settings.tsx'
import { TokenSettings } from './token-settings.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'
import { LanguageSettings } from './language-settings.tsx'

/** Whoever is signed in: look, password, tokens; for administrators the people, too. */
export function AccountPage() {
  const { data: me } = useQuery(meQuery(useClient()))
  if (me === undefined || me === null) return null
  return (
    <Page
      title={common('account')}
      width="narrow"
      lead={me.role === 'admin' ? text('administrator', { email: me.email }) : me.email}
      actions={<SignOut />}
    >
      <Appearance />
      <LanguageSettings />
      <PasswordSettings email={me.email} />
      <SessionSettings />
      <TokenSettings />
      {me.role === 'admin' && <PeopleSettings me={me} />}
    </Page>
  )
}

function Appearance() {
  const { choice, setChoice } = useTheme()
  return (
    <Section title={text('appearance')} lead={text('keptHere')}>
      <Segmented
        label={text('appearance')}
        options={[
          { value: 'system', label: text('asSystem') },
          { value: 'light', label: text('light') },
          { value: 'dark', label: text('dark') },
        ]}
        value={choice}
        onChange={setChoice}
      />
    </Section>
  )
}

function SignOut() {
  const client = useClient()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const signOut = useAction(client.session.end, async () => {
    await navigate({ to: '/sign-in' })
    // Nothing of this account stays for the next one.
    queryClient.clear()
    queryClient.setQueryData(queryKeys.me, null)
  })
  return (
    <>
      <Button onClick={() => signOut.run(undefined)} pending={signOut.pending}>
        <LogOut className="size-4" aria-hidden="true" />
        {text('signOut')}
      </Button>
      {signOut.error !== undefined && <Notice tone="error">{signOut.error}</Notice>}
    </>
  )
}
