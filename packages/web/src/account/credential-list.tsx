import { problemText } from '../api/problem-text.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { Skeleton } from '../design/skeleton.tsx'

export interface Credential {
  readonly id: number
  readonly label: string
  readonly created: number
  readonly lastUsed: number | null
}

export interface CredentialListProps {
  /** "device key" */
  readonly what: string
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
  if (credentials.length === 0) return <p className="text-sm text-muted">There is no {what}.</p>
  return (
    <ul className="rounded-lg border border-line bg-surface">
      {credentials.map(({ id, label, created, lastUsed }) => (
        <li key={id} className="flex items-center gap-3 border-line py-2 pr-2 pl-4 not-first:border-t">
          <div className="min-w-0 flex-1">
            <div className="truncate font-medium">
              {label === '' ? <span className="font-normal text-muted">Without a label</span> : label}
            </div>
            <div className="text-xs text-muted">
              {/* The last use is known to the minute: it may seem to lie before the creation. */}
              Created <RelativeTime at={created} />
              {lastUsed === null ? (
                ', never used'
              ) : (
                <>
                  , last used <RelativeTime at={Math.max(lastUsed, created)} />
                </>
              )}
            </div>
          </div>
          <Button variant="quiet" aria-label={`${endLabel} the ${what} ${label}`} onClick={() => onEnd(id)}>
            {endLabel}
          </Button>
        </li>
      ))}
    </ul>
  )
}
