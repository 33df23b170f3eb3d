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
    toast.done('The API token is deleted')
    setDeleting(null)
  })

  async function create(label: string): Promise<string> {
    const { token } = await client.tokens.create({ label })
    void refresh()
    return token
  }

  return (
    <Section
      title="API tokens"
      lead={
        <>
          For scripts that do what you can do here.{' '}
          <a href="/api/docs" className="text-accent underline">
            The API is described here
          </a>
          .
        </>
      }
      actions={
        <NewCredential what="API token" labelHelp="For example the script that uses it." create={create} />
      }
    >
      <CredentialList
        what="API token"
        credentials={data?.tokens}
        error={error}
        endLabel="Delete"
        onEnd={setDeleting}
      />
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => {
          remove.reset()
          setDeleting(null)
        }}
        title="Delete the API token?"
        confirmLabel="Delete the token"
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => deleting !== null && remove.run(deleting)}
      >
        Scripts that still use it are refused from now on.
      </ConfirmDialog>
    </Section>
  )
}
