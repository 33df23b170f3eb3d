import { ProblemError } from '@senio/client'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { problemText } from '../api/problem-text.ts'
import { Button } from '../design/button.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Mark } from '../design/logo.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { useTitle } from './page.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

/** Shown when a page can't be shown: why, and how to go on. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof ProblemError && error.code === 'not-found') return <NotFoundPage />
  return <Failure error={error} reset={reset} />
}

function Failure({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const router = useRouter()
  const unreachable = error instanceof ProblemError && error.status === 0
  const title = unreachable ? text('unreachable') : text('cannotShow')
  useTitle(title)

  function retry() {
    reset()
    void router.invalidate()
  }

  return (
    <main id="main">
      <EmptyState
        figure={<Mark className="size-12" />}
        level={1}
        title={title}
        action={
          <>
            <Button variant="primary" onClick={retry}>
              {common('tryAgain')}
            </Button>
            <Link to="/sensors" className={buttonStyle('secondary')}>
              {common('toSensors')}
            </Link>
          </>
        }
      >
        {problemText(error)}
      </EmptyState>
    </main>
  )
}
