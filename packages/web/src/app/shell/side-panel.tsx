import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleUserRound, RadioTower } from 'lucide-react'
import { useClient } from '../../api/client-context.ts'
import { meQuery, sensorsQuery } from '../../api/queries.ts'
import { Logo } from '../../design/logo.tsx'
import { Skeleton } from '../../design/skeleton.tsx'

const linkStyle =
  'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-11 [&>svg]:size-4.5 [&>svg]:shrink-0'
const activeLinkStyle = 'bg-accent-soft font-medium !text-ink [&>svg]:text-accent'

/** The navigation: Sensors, Views (each sensor's view), account. */
export function SidePanel() {
  const { data: me } = useQuery(meQuery(useClient()))
  return (
    <nav aria-label="Main" className="flex h-full flex-col gap-6 p-4">
      <Link to="/sensors" className="self-start rounded-md px-1 pt-1 pointer-coarse:py-2">
        <Logo />
      </Link>
      <Link
        to="/sensors"
        activeOptions={{ exact: true }}
        className={linkStyle}
        activeProps={{ className: activeLinkStyle }}
      >
        <RadioTower aria-hidden="true" />
        Sensors
      </Link>
      <ViewLinks />
      <Link to="/account" className={linkStyle} activeProps={{ className: activeLinkStyle }}>
        <CircleUserRound aria-hidden="true" />
        <span className="truncate">{me?.email ?? 'Account'}</span>
      </Link>
    </nav>
  )
}

function ViewLinks() {
  const { data: sensors } = useQuery(sensorsQuery(useClient()))
  return (
    <section aria-labelledby="views" className="flex min-h-0 flex-1 flex-col">
      <h2 id="views" className="px-2.5 pb-1.5 text-xs font-medium text-muted">
        Views
      </h2>
      {sensors === undefined ? (
        <div className="space-y-2 px-2.5 pt-1">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-5 w-24" />
        </div>
      ) : (
        <ul className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
          {sensors.map(({ name }) => (
            <li key={name}>
              <Link
                to="/sensors/$name"
                params={{ name }}
                className={linkStyle}
                activeProps={{ className: activeLinkStyle }}
              >
                <span className="truncate">{name}</span>
              </Link>
            </li>
          ))}
          {sensors.length === 0 && (
            <li className="px-2.5 text-sm text-muted">Each sensor gets its view here.</li>
          )}
        </ul>
      )}
    </section>
  )
}
