import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useClient } from '../../api/client-context.ts'
import { meQuery } from '../../api/queries.ts'
import { FreshKeysProvider } from '../../sensors/fresh-keys.tsx'
import { PageAnnouncer } from './page-announcer.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { SidePanel } from './side-panel.tsx'
import { text } from '../texts.ts'

/** The frame of every page behind the sign-in: navigation on the left, as a drawer on small screens. */
export function Shell() {
  const { data: me } = useQuery(meQuery(useClient()))
  const router = useRouter()
  const hasEnded = me === null

  useEffect(() => {
    // The session ended while the page was open: the route leads to the sign-in, and back here afterwards.
    if (hasEnded) void router.invalidate()
  }, [hasEnded, router])

  if (hasEnded) return null
  return (
    <FreshKeysProvider>
      <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15rem_minmax(0,1fr)]">
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {text('skip')}
        </a>
        <PageAnnouncer />
        <PhoneBar />
        <aside className="sticky top-0 hidden h-dvh border-r border-line lg:block">
          <SidePanel />
        </aside>
        <div className="min-w-0">
          <Outlet />
        </div>
      </div>
    </FreshKeysProvider>
  )
}
