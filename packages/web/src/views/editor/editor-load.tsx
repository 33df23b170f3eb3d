import { Skeleton } from '../../design/skeleton.tsx'
import { LoadFailure } from '../../app/load-failure.tsx'
import { text } from '../texts.ts'

export interface EditorLoadProps {
  /** null while it is on its way. */
  readonly error: Error | null
  readonly onRetry: () => void
}

/** The editor's place until what it edits is there. */
export function EditorLoad({ error, onRetry }: EditorLoadProps) {
  return (
    <main id="main" className="w-full px-3 pt-4 pb-16 sm:px-6 lg:pt-6">
      <h1 className="sr-only">{text('editTitle')}</h1>
      {error === null ? (
        <div className="space-y-4" aria-busy="true" aria-label={text('loadingView')}>
          <Skeleton className="h-9 w-64" />
          <Skeleton className="h-96 w-full" />
        </div>
      ) : (
        <LoadFailure error={error} stale={false} onRetry={onRetry} />
      )}
    </main>
  )
}
