import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleUserRound, LayoutDashboard, Plus, RadioTower } from 'lucide-react'
import { useClient } from '../../api/client-context.ts'
import { meQuery, sensorsQuery, viewsQuery } from '../../api/queries.ts'
import { iconButtonStyle } from '../../design/button-style.ts'
import { classNames } from '../../design/class-names.ts'
import { Logo } from '../../design/logo.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { text } from '../texts.ts'
import { text as common } from '../../design/texts.ts'

const linkStyle =
  'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-11 [&>svg]:size-4.5 [&>svg]:shrink-0'
const innerStyle = `${linkStyle} pl-9.5`
const hintStyle = 'py-1 pr-2.5 pl-9.5 text-sm text-muted'
const activeLinkStyle = 'bg-accent-soft font-medium !text-ink [&>svg]:text-accent'

/** The navigation: each sensor with its own view, the views that were composed, account. */
export function SidePanel() {
  const { data: me } = useQuery(meQuery(useClient()))
  return (
    <nav aria-label={text('main')} className="flex h-full flex-col gap-5 p-4">
      <Link to="/sensors" className="self-start rounded-md px-1 pt-1 pointer-coarse:py-2">
        <Logo />
      </Link>
      <div className="-mx-1 flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-1">
        <Sensors />
        <Views />
      </div>
      <Link to="/account" className={linkStyle} activeProps={{ className: activeLinkStyle }}>
        <CircleUserRound aria-hidden="true" />
        <span className="truncate">{me?.email ?? common('account')}</span>
      </Link>
    </nav>
  )
}

function Sensors() {
  const { data: sensors } = useQuery(sensorsQuery(useClient()))
  return (
    <div>
      <Link
        to="/sensors"
        activeOptions={{ exact: true }}
        className={linkStyle}
        activeProps={{ className: activeLinkStyle }}
      >
        <RadioTower aria-hidden="true" />
        {common('sensors')}
      </Link>
      {sensors === undefined ? (
        <ListSkeleton />
      ) : (
        <ul>
          {sensors.map(({ name }) => (
            <li key={name}>
              <Link
                to="/sensors/$name"
                params={{ name }}
                className={innerStyle}
                activeProps={{ className: activeLinkStyle }}
              >
                <span className="truncate">{name}</span>
              </Link>
            </li>
          ))}
          {sensors.length === 0 && <li className={hintStyle}>{text('eachSensor')}</li>}
        </ul>
      )}
    </div>
  )
}

function Views() {
  const { data: views } = useQuery(viewsQuery(useClient()))
  return (
    <div>
      <div className="flex items-center gap-1">
        <Link
          to="/views"
          activeOptions={{ exact: true }}
          className={classNames(linkStyle, 'min-w-0 flex-1')}
          activeProps={{ className: activeLinkStyle }}
        >
          <LayoutDashboard aria-hidden="true" />
          {text('views')}
        </Link>
        <Link
          to="/views/new"
          aria-label={text('newView')}
          title={text('newView')}
          className={iconButtonStyle()}
        >
          <Plus aria-hidden="true" />
        </Link>
      </div>
      {views === undefined ? (
        <ListSkeleton />
      ) : (
        <ul>
          {views.map(({ id, name }) => (
            <li key={id}>
              <Link
                to="/views/$id"
                params={{ id: String(id) }}
                className={innerStyle}
                activeProps={{ className: activeLinkStyle }}
              >
                <span className="truncate">{name}</span>
              </Link>
            </li>
          ))}
          {views.length === 0 && <li className={hintStyle}>{text('noViews')}</li>}
        </ul>
      )}
    </div>
  )
}

function ListSkeleton() {
  return (
    <div className="space-y-2 py-1 pl-9.5">
      <Skeleton className="h-5 w-32" />
      <Skeleton className="h-5 w-24" />
    </div>
  )
}
