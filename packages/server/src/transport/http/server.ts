import type { Metrics } from '../../domain/metrics.ts'
import type { Services } from '../../services.ts'
import type { App } from './app.ts'
import { baseUrlOf } from './base-url.ts'
import { requireClearFraming } from './clear-framing.ts'
import { drain } from './body/drain.ts'
import { type Closing, refuseWhileClosing } from './closing.ts'
import { clientAddress } from './client-address.ts'
import { type AppOptions, createApp } from './create-app.ts'
import { ConnectionLimit } from './connection-limit.ts'
import { CredentialUses } from './credential-uses.ts'
import { errorDocsRoutes } from './error-docs.ts'
import { refuseUnknownExpectations } from './expect-continue.ts'
import { healthRoutes } from './health.ts'
import { openapi } from './openapi.ts'
import { publisher, publishRoutes } from './publish.ts'
import { requireEncodedQuery } from './query-encoding.ts'
import { RefusalLog } from './refusal-log.ts'
import { restRoutes } from './rest-routes.ts'
import { RouteTable } from './route-table.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveWebApp } from './web-app.ts'

export interface HttpOptions extends AppOptions {
  /** See the setting; absent: from each request. */
  readonly publicUrl: string | undefined
  /** What `/metrics` asks for; absent: nothing. */
  readonly metricsToken?: string | undefined
  /** Directory of the built web app. */
  readonly webApp: string
  /** At once, idle ones included; further ones are closed unanswered. Absent: as many as come. */
  readonly maxConnections?: number
  /** Milliseconds for which a closing server still answers that it closes. 0 by default. */
  readonly closingGrace?: number
}

/** Composed like this in `main.ts` and in tests; listening is left to the caller. */
export async function createHttpServer(services: Services, options: HttpOptions): Promise<App> {
  const { bodyTimeout, publicUrl, webApp, closingGrace = 0 } = options
  const closing: Closing = { stage: 'open' }
  const clientOf = clientAddress(options.trustProxy)
  const refusals = new RefusalLog(options.logger, clientOf)
  const keyUses = new CredentialUses(options.logger, services.clock)
  const publishServices = { ...services, bodyTimeout, clientOf, refusals, keyUses }
  const publish = publisher(publishServices, closing)
  const { metrics } = services
  const connections = new ConnectionLimit(options.maxConnections ?? Infinity, () =>
    metrics.droppedConnections.inc(),
  )
  const app = createApp(options, { metrics, refusals, publish, closing, connections })

  const routes = new RouteTable()
  routes.watch(app)
  addSecurityHeaders(app, services.pictures.linkOrigin)
  requireClearFraming(app)
  requireEncodedQuery(app)
  refuseUnknownExpectations(app)
  refuseWhileClosing(app, { closing, grace: closingGrace, connections })

  await app.register(async (scope: App) => publishRoutes(scope, publishServices, publish))
  await openapi(app)
  const restServices = {
    ...services,
    bodyTimeout,
    baseUrl: baseUrlOf(publicUrl),
    tokenUses: new CredentialUses(options.logger, services.clock),
  }
  await app.register((api: App) => restRoutes(api, restServices), { prefix: '/api/v1' })
  errorDocsRoutes(app)
  healthRoutes(app, { ...services, metricsToken: options.metricsToken })
  countAnswers(app, metrics)
  drainBodies(app)
  await serveWebApp(app, webApp, routes)
  return app
}

function countAnswers(app: App, metrics: Metrics): void {
  app.addHook('onResponse', (_request, reply, done) => {
    metrics.countAnswer(reply.statusCode)
    done()
  })
}

/** Whoever is answered before all of a body has come gets the answer, and isn't listened to for ever. */
function drainBodies(app: App): void {
  app.addHook('onSend', ({ raw }, _reply, _payload, done) => {
    drain(raw)
    done()
  })
}
