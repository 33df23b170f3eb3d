import { Link } from '@tanstack/react-router'
import { LayoutDashboard } from 'lucide-react'
import { useTitle } from '../app/page.tsx'
import { buttonStyle } from '../design/button-style.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { text } from './texts.ts'

/** Where a view was deleted, or never was. */
export function NoSuchView() {
  useTitle(text('notFound'))
  return (
    <main id="main">
      <EmptyState
        figure={<LayoutDashboard aria-hidden="true" className="size-10" />}
        level={1}
        title={text('notFound')}
        action={
          <Link to="/views" className={buttonStyle('primary')}>
            {text('toViews')}
          </Link>
        }
      >
        {text('notFoundText')}
      </EmptyState>
    </main>
  )
}
