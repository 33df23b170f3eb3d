import type { Client } from '@senio/client'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { meQuery, sensorQuery, setupQuery } from '../api/queries.ts'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell/shell.tsx'

export interface RouterContext {
  readonly client: Client
  readonly queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet })

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('../setup/setup-page.tsx'), 'SetupPage'),
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search['next'] === 'string' ? { next: search['next'] } : {},
  component: lazyRouteComponent(() => import('../setup/sign-in-page.tsx'), 'SignInPage'),
})

/** Everything behind the sign-in, beside the navigation. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  async beforeLoad({ context: { client, queryClient }, location }) {
    const me = await queryClient.ensureQueryData(meQuery(client))
    if (me !== null) return
    const { needed } = await queryClient.fetchQuery(setupQuery(client))
    if (needed) redirect({ to: '/setup', throw: true })
    redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, throw: true })
  },
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad() {
    redirect({ to: '/sensors', replace: true, throw: true })
  },
})

const sensorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sensors',
  component: lazyRouteComponent(() => import('../sensors/sensors-page.tsx'), 'SensorsPage'),
})

/** Its search holds the range and the cursor of the view; the view itself reads and writes it. */
const sensorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sensors/$name',
  loader({ context: { client, queryClient }, params: { name } }) {
    // While the page's own code is on its way.
    void queryClient.prefetchQuery(sensorQuery(client, name))
  },
  component: lazyRouteComponent(() => import('../sensors/sensor-page.tsx'), 'SensorPage'),
})

const connectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sensors/$name/connect',
  component: lazyRouteComponent(() => import('../sensors/connect/connect-page.tsx'), 'ConnectPage'),
})

const sensorSettingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sensors/$name/settings',
  component: lazyRouteComponent(() => import('../sensors/settings/settings-page.tsx'), 'SettingsPage'),
})

const composeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sensors/$name/compose',
  component: lazyRouteComponent(() => import('../views/editor/new-view-page.tsx'), 'ComposePage'),
})

const viewsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views',
  component: lazyRouteComponent(() => import('../views/views-page.tsx'), 'ViewsPage'),
})

const newViewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/new',
  component: lazyRouteComponent(() => import('../views/editor/new-view-page.tsx'), 'NewViewPage'),
})

/** Like a sensor's: range and cursor are in its search. */
const viewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/$id',
  component: lazyRouteComponent(() => import('../views/view-page.tsx'), 'ViewPage'),
})

const editViewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/$id/edit',
  component: lazyRouteComponent(() => import('../views/editor/edit-view-page.tsx'), 'EditViewPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/account-page.tsx'), 'AccountPage'),
})

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    sensorsRoute,
    sensorRoute,
    connectRoute,
    sensorSettingsRoute,
    composeRoute,
    viewsRoute,
    newViewRoute,
    viewRoute,
    editViewRoute,
    accountRoute,
  ]),
])

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
