import { Link } from '@tanstack/react-router'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Mark } from '../design/logo.tsx'
import { useTitle } from './page.tsx'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

/** Shown for addresses that lead nowhere. */
export function NotFoundPage() {
  useTitle(text('notFound'))
  return (
    <main id="main">
      <EmptyState
        figure={<Mark className="size-12" />}
        level={1}
        title={text('nothingHere')}
        action={
          <Link to="/sensors" className={buttonStyle('primary')}>
            {common('toSensors')}
          </Link>
        }
      >
        {text('oldLink')}
      </EmptyState>
    </main>
  )
}
