import { problemText } from '../api/problem-text.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { text } from './texts.ts'
import { Rich } from '../i18n/rich.tsx'

export interface Credential {
  readonly id: number
  readonly label: string
  readonly created: number
  readonly lastUsed: number | null
}

/** As the texts about them are named. */
export type CredentialKind = 'DeviceKey' | 'ApiToken'

export interface CredentialListProps {
  readonly what: CredentialKind
  /** undefined while they are being loaded. */
  readonly credentials: readonly Credential[] | undefined
  readonly error: Error | null
  /** "Revoke" */
  readonly endLabel: string
  readonly onEnd: (id: number) => void
}

/** Keys or tokens: label, age, last use. */
export function CredentialList({ what, credentials, error, endLabel, onEnd }: CredentialListProps) {
  if (credentials === undefined) {
    return error === null ? <Skeleton className="h-14" /> : <Notice tone="error">{problemText(error)}</Notice>
  }
  if (credentials.length === 0) return <p className="text-sm text-muted">{text(`no${what}`)}</p>
  return (
    <ul className="rounded-lg border border-line bg-surface">
      {credentials.map(({ id, label, created, lastUsed }) => (
        <li key={id} className="flex items-center gap-3 border-line py-2 pr-2 pl-4 not-first:border-t">
          <div className="min-w-0 flex-1">
            <div className="truncate font-medium">
              {label === '' ? <span className="font-normal text-muted">{text('noLabel')}</span> : label}
            </div>
            <div className="text-xs text-muted">
              {/* The last use is known to the minute: it may seem to lie before the creation. */}
              <Rich
                text={text(lastUsed === null ? 'neverUsed' : 'lastUsed')}
                marks={{
                  created: () => <RelativeTime at={created} />,
                  used: () => lastUsed !== null && <RelativeTime at={Math.max(lastUsed, created)} />,
                }}
              />
            </div>
          </div>
          <Button variant="quiet" aria-label={text(`end${what}`, { label })} onClick={() => onEnd(id)}>
            {endLabel}
          </Button>
        </li>
      ))}
    </ul>
  )
}
