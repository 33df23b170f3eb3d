import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '../api/client-context.ts'
import { problemText } from '../api/problem-text.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useAction } from '../api/use-action.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { Section } from '../design/section.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useToast } from '../design/toast.ts'
import { Rich } from '../i18n/rich.tsx'
import { text } from './texts.ts'

/** Where one is signed in, and signing out there. */
export function SessionSettings() {
  const client = useClient()
  const queryClient = useQueryClient()
  const toast = useToast()
  const { data, error } = useQuery({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => client.sessions.list({ signal }),
  })
  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.sessions })
  const end = useAction(client.sessions.end, refresh)
  const endOthers = useAction(client.sessions.endOthers, async () => {
    await refresh()
    toast.done(text('othersSignedOut'))
  })
  const hasOthers = data?.sessions.some(({ current }) => !current) ?? false

  return (
    <Section
      title={text('sessions')}
      lead={text('sessionsLead')}
      actions={
        hasOthers && (
          <Button onClick={() => endOthers.run(undefined)} pending={endOthers.pending}>
            {text('signOutOthers')}
          </Button>
        )
      }
    >
      {(end.error ?? endOthers.error) !== undefined && (
        <Notice tone="error">{end.error ?? endOthers.error}</Notice>
      )}
      {data === undefined ? (
        error === null ? (
          <Skeleton className="h-14" />
        ) : (
          <Notice tone="error">{problemText(error)}</Notice>
        )
      ) : (
        <ul className="rounded-lg border border-line bg-surface">
          {data.sessions.map(({ id, created, expires, current }, index) => (
            <li
              key={id}
              className="flex min-h-14 items-center gap-3 border-line py-2 pr-2 pl-4 not-first:border-t"
            >
              <div className="min-w-0 flex-1">
                <div className="font-medium">{text(current ? 'thisBrowser' : 'otherBrowser')}</div>
                <div className="text-xs text-muted">
                  <Rich
                    text={text('sessionTimes')}
                    marks={{
                      created: () => <RelativeTime at={created} />,
                      expires: () => <RelativeTime at={expires} />,
                    }}
                  />
                </div>
              </div>
              {!current && (
                <Button
                  variant="quiet"
                  aria-label={text('signOutSession', { position: index + 1 })}
                  pending={end.pending}
                  onClick={() => end.run(id)}
                >
                  {text('signOut')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
