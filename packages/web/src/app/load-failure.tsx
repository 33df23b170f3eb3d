import { problemText } from '../api/problem-text.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Notice } from '../design/notice.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

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
      <EmptyState title={text('cannotLoad')} action={<Button onClick={onRetry}>{common('tryAgain')}</Button>}>
        {problemText(error)}
      </EmptyState>
    )
  }
  return (
    <div className="mb-4">
      <Notice tone="warning">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span>
            {text('outOfDate')} {problemText(error)}
          </span>
          <Button onClick={onRetry}>{common('tryAgain')}</Button>
        </div>
      </Notice>
    </div>
  )
}
