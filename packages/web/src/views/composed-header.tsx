import type { ViewJson } from '@senio/protocol/api'
import { Link, useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { buttonStyle } from '../design/button-style.ts'
import { isViewKey } from '../timeline/gestures/view-key.ts'
import { ViewMenu } from './actions/view-menu.tsx'
import { text } from './texts.ts'

export interface ComposedHeaderProps {
  readonly view: ViewJson
  /** Between the name and the ways to change it. */
  readonly children?: ReactNode
}

/** The first line of a composed view. */
export function ComposedHeader({ view, children }: ComposedHeaderProps) {
  const navigate = useNavigate()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isViewKey(event, 'e')) return
    event.preventDefault()
    void navigate({ to: '/views/$id/edit', params: { id: String(view.id) }, search: true as never })
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <header className="mb-3 flex items-center gap-2">
      <h1 className="line-clamp-2 min-w-0 flex-1 text-xl leading-tight font-semibold wrap-anywhere sm:line-clamp-1 sm:text-2xl">
        {view.name}
      </h1>
      {children}
      <Link
        to="/views/$id/edit"
        params={{ id: String(view.id) }}
        search={true as never}
        className={buttonStyle('quiet', 'max-sm:!px-2.5')}
      >
        <Pencil aria-hidden="true" className="size-4.5 text-muted" />
        <span className="max-sm:sr-only">{text('edit')}</span>
      </Link>
      <ViewMenu
        view={view}
        onCopied={({ id }) => void navigate({ to: '/views/$id', params: { id: String(id) } })}
        onDeleted={() => void navigate({ to: '/views' })}
      />
    </header>
  )
}
