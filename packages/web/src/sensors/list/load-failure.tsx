import { problemText } from '../../api/problem-text.ts'
import { Button } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'

export interface LoadFailureProps {
  readonly error: Error
  /** Whether older values are still shown below. */
  readonly stale: boolean
  readonly onRetry: () => void
}

/** Says that something could not be loaded. */
export function LoadFailure({ error, stale, onRetry }: LoadFailureProps) {
  if (!stale) {
    return (
      <EmptyState title="This can't be loaded now" action={<Button onClick={onRetry}>Try again</Button>}>
        {problemText(error)}
      </EmptyState>
    )
  }
  return (
    <div className="mb-4">
      <Notice tone="warning">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span>What you see may be out of date. {problemText(error)}</span>
          <Button onClick={onRetry}>Try again</Button>
        </div>
      </Notice>
    </div>
  )
}
