import { Link } from '@tanstack/react-router'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Mark } from '../design/logo.tsx'
import { useTitle } from './page.tsx'

/** Shown for addresses that lead nowhere. */
export function NotFoundPage() {
  useTitle('Not found')
  return (
    <main id="main">
      <EmptyState
        figure={<Mark className="size-12" />}
        level={1}
        title="There is nothing at this address"
        action={
          <Link to="/sensors" className={buttonStyle('primary')}>
            Go to your sensors
          </Link>
        }
      >
        The link may be old, or the sensor was renamed or deleted.
      </EmptyState>
    </main>
  )
}
