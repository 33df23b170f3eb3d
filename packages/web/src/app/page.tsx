import { type ReactNode, useEffect } from 'react'
import { classNames } from '../design/class-names.ts'

/** Names the page in the browser's tab and history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Senio`
  }, [title])
}

export interface PageProps {
  readonly title: string
  /** Beside the title. */
  readonly actions?: ReactNode
  /** Below the title. */
  readonly lead?: ReactNode
  /** `narrow` for forms and text. */
  readonly width?: 'full' | 'narrow'
  readonly children: ReactNode
}

/** A page beside the navigation: its title, its actions and its content. */
export function Page({ title, actions, lead, width = 'full', children }: PageProps) {
  useTitle(title)
  return (
    <main
      id="main"
      className={classNames(
        'mx-auto w-full px-4 pt-5 pb-16 sm:px-6 lg:px-10 lg:pt-9',
        width === 'narrow' ? 'max-w-3xl' : 'max-w-[120rem]',
      )}
    >
      <header className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold">{title}</h1>
          {lead !== undefined && <div className="mt-1 text-muted">{lead}</div>}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2 max-sm:has-[input]:w-full">{actions}</div>
        )}
      </header>
      {children}
    </main>
  )
}
