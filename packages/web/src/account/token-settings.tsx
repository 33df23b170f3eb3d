import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Section } from '../design/section.tsx'
import { useToast } from '../design/toast.ts'
import { CredentialList } from './credential-list.tsx'
import { NewCredential } from './new-credential.tsx'
import { text } from './texts.ts'
import { Rich } from '../i18n/rich.tsx'

/** Personal API tokens: list, create, delete. */
export function TokenSettings() {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const { data, error } = useQuery({
    queryKey: queryKeys.tokens,
    queryFn: ({ signal }) => client.tokens.list({ limit: 1000 }, { signal }),
  })
  const [deleting, setDeleting] = useState<number | null>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.tokens })

  const remove = useAction(client.tokens.delete, async () => {
    await refresh()
    toast.done(text('tokenDeleted'))
    setDeleting(null)
  })

  async function create(label: string): Promise<string> {
    const { token } = await client.tokens.create({ label })
    void refresh()
    return token
  }

  return (
    <Section
      title={text('tokens')}
      lead={
        <Rich
          text={text('tokensLead')}
          marks={{
            a: (inner) => (
              <a href="/api/docs" className="text-accent underline">
                {inner}
              </a>
            ),
          }}
        />
      }
      actions={<NewCredential what="ApiToken" labelHelp={text('tokenHelp')} create={create} />}
    >
      <CredentialList
        what="ApiToken"
        credentials={data?.tokens}
        error={error}
        endLabel={text('delete')}
        onEnd={setDeleting}
      />
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => {
          remove.reset()
          setDeleting(null)
        }}
        title={text('askDeleteToken')}
        confirmLabel={text('deleteToken')}
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => deleting !== null && remove.run(deleting)}
      >
        {text('deleteTokenHelp')}
      </ConfirmDialog>
    </Section>
  )
}
