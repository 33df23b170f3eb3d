import { Link } from '@tanstack/react-router'
import { LayoutDashboard, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonStyle } from '../design/button-style.ts'
import { text } from './texts.ts'
import { text as common } from '../design/texts.ts'

export interface ViewHeaderProps {
  /** Of the sensor. */
  readonly name: string
  /** Between the name and the way to the settings. */
  readonly children?: ReactNode
}

/** The first line of a view. */
export function ViewHeader({ name, children }: ViewHeaderProps) {
  return (
    <header className="mb-3 flex items-center gap-2">
      <h1 className="line-clamp-2 min-w-0 flex-1 text-xl leading-tight font-semibold wrap-anywhere sm:line-clamp-1 sm:text-2xl">
        {name}
      </h1>
      {children}
      <Link
        to="/sensors/$name/compose"
        params={{ name }}
        search={true as never}
        title={text('composeHint')}
        className={buttonStyle('quiet', 'max-sm:!px-2.5')}
      >
        <LayoutDashboard aria-hidden="true" className="size-4.5 text-muted" />
        <span className="max-sm:sr-only">{text('compose')}</span>
      </Link>
      <Link to="/sensors/$name/settings" params={{ name }} className={buttonStyle('quiet', 'max-sm:!px-2.5')}>
        <Settings aria-hidden="true" className="size-4.5 text-muted" />
        <span className="max-sm:sr-only">{common('settings')}</span>
      </Link>
    </header>
  )
}
