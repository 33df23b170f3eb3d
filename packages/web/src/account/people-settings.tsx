import type { AccountJson } from '@senio/protocol/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { Section } from '../design/section.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useToast } from '../design/toast.ts'
import { NewPersonForm } from './new-person-form.tsx'
import { text } from './texts.ts'
import { Rich } from '../i18n/rich.tsx'

/** The accounts of this installation, for administrators: list, add, sign out, delete. */
export function PeopleSettings({ me }: { readonly me: AccountJson }) {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const { data, error } = useQuery({
    queryKey: queryKeys.accounts,
    queryFn: ({ signal }) => client.accounts.list({ limit: 1000 }, { signal }),
  })
  const [adding, setAdding] = useState(false)
  const [signingOut, setSigningOut] = useState<AccountJson | null>(null)
  const [deleting, setDeleting] = useState<AccountJson | null>(null)

  const remove = useAction(
    ({ id }: AccountJson) => client.accounts.delete(id),
    async (_, { email }) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.accounts })
      toast.done(text('personDeleted', { email }))
      setDeleting(null)
    },
  )

  const signOut = useAction(
    ({ id }: AccountJson) => client.accounts.signOut(id),
    async (_, { email }) => {
      toast.done(text('personSignedOut', { email }))
      setSigningOut(null)
    },
  )

  return (
    <Section
      title={text('people')}
      lead={text('peopleLead')}
      actions={
        <Button onClick={() => setAdding(true)}>
          <Plus className="size-4" aria-hidden="true" />
          {text('addPerson')}
        </Button>
      }
    >
      {data === undefined && error === null && <Skeleton className="h-14" />}
      {error !== null && <Notice tone="error">{problemText(error)}</Notice>}
      <ul className="rounded-lg border border-line bg-surface">
        {data?.accounts.map((account) => (
          <li
            key={account.id}
            className="flex items-center gap-3 border-line py-2 pr-2 pl-4 not-first:border-t"
          >
            <div className="min-w-0 flex-1">
              <div className="truncate font-medium">{account.email}</div>
              <div className="text-xs text-muted">
                <Rich
                  text={text(account.role === 'admin' ? 'addedAdmin' : 'added')}
                  marks={{ at: () => <RelativeTime at={account.created} /> }}
                />
              </div>
            </div>
            {account.id === me.id ? (
              <span className="px-3.5 text-sm text-muted">{text('you')}</span>
            ) : (
              <div className="flex flex-wrap justify-end">
                <Button
                  variant="quiet"
                  aria-label={text('signOutPerson', { email: account.email })}
                  onClick={() => setSigningOut(account)}
                >
                  {text('signOut')}
                </Button>
                <Button
                  variant="quiet"
                  aria-label={text('deleteAccountOf', { email: account.email })}
                  onClick={() => setDeleting(account)}
                >
                  {text('delete')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Dialog open={adding} onOpenChange={setAdding} title={text('addPerson')}>
        <NewPersonForm onClose={() => setAdding(false)} />
      </Dialog>
      <ConfirmDialog
        open={signingOut !== null}
        onOpenChange={() => {
          signOut.reset()
          setSigningOut(null)
        }}
        title={text('askSignOutPerson', { email: signingOut?.email ?? '' })}
        confirmLabel={text('signOutEverywhere')}
        pending={signOut.pending}
        error={signOut.error}
        onConfirm={() => signingOut !== null && signOut.run(signingOut)}
      >
        {text('signOutPersonHelp')}
      </ConfirmDialog>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => {
          remove.reset()
          setDeleting(null)
        }}
        title={text('askDeleteAccount', { email: deleting?.email ?? '' })}
        confirmLabel={text('deleteAccount')}
        typeToConfirm={deleting?.email ?? ''}
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => deleting !== null && remove.run(deleting)}
      >
        {text('deleteAccountHelp')}
      </ConfirmDialog>
    </Section>
  )
}
