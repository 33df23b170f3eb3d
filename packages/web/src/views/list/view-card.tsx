import type { ListedSensorJson, ViewJson } from '@senio/protocol/api'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../../design/relative-time.tsx'
import { ViewMenu } from '../actions/view-menu.tsx'
import { text } from '../texts.ts'
import { ViewCover } from './view-cover.tsx'

export interface ViewCardProps {
  readonly view: ViewJson
  /** Undefined while they aren't known. */
  readonly sensors: readonly ListedSensorJson[] | undefined
}

/** A view with its newest pictures and curves; all of it leads to it. */
export function ViewCard({ view, sensors }: ViewCardProps) {
  const { id, name, panels, changed } = view
  const names = new Set(panels.flatMap(({ fields }) => fields.map(({ sensor }) => sensor)))
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-low transition-[border-color,box-shadow] focus-within:border-line-strong hover:border-line-strong hover:shadow-high">
      <ViewCover view={view} sensors={sensors} />
      <div className="flex items-start gap-1 px-4 pt-3 pb-4">
        <div className="min-w-0 flex-1">
          <h2 className="line-clamp-2 text-[0.9375rem] leading-snug font-semibold">
            <Link
              to="/views/$id"
              params={{ id: String(id) }}
              className="outline-none after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {name}
            </Link>
          </h2>
          <p className="text-xs text-muted">
            {text('panels', { count: panels.length })}
            {names.size > 0 && ` ${text('ofSensors', { count: names.size })}`}
            {' · '}
            {text('changed')} <RelativeTime at={changed} />
          </p>
        </div>
        <ViewMenu view={view} className="relative z-10 -mt-1 -mr-2" />
      </div>
    </li>
  )
}
