import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { ErrorCode } from '@senio/protocol'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Services } from '../../services.ts'
import type { Metrics } from '../../domain/metrics.ts'
import { accountRoutes } from './accounts.ts'
import type { App } from './app.ts'
import { authoriser } from './authorise.ts'
import { baseUrlOf } from './base-url.ts'
import { requireClearFraming } from './clear-framing.ts'
import { type Closing, refuseWhileClosing } from './closing.ts'
import { errorDocsRoutes } from './error-docs.ts'
import { rawErrorResponse, sendError } from './errors.ts'
import { allowBodies, deferContinue } from './expect-continue.ts'
import { fieldRoutes } from './fields.ts'
import { healthRoutes } from './health.ts'
import { imageRoutes } from './images.ts'
import { keogramRoutes } from './keograms.ts'
import { keyRoutes } from './keys.ts'
import { takeLeftOut } from './lenient-requests.ts'
import { liveRoutes } from './live.ts'
import { meRoutes } from './me.ts'
import { deleteMeasurementRoutes, measurementRoutes, tagRoutes } from './measurements.ts'
import { noteRoutes } from './notes.ts'
import { openapi } from './openapi.ts'
import { requirePlainBodies } from './plain-bodies.ts'
import { plainPublishFirst } from './plain-publish.ts'
import { PUBLISH_PATH, type Publish, publisher, publishRoutes } from './publish.ts'
import { requireEncodedQuery } from './query-encoding.ts'
import { RouteTable } from './route-table.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { sensorRoutes } from './sensors.ts'
import { seriesRoutes } from './series.ts'
import { sessionRoutes } from './session.ts'
import { setupRoutes } from './setup.ts'
import { tokenRoutes } from './tokens.ts'
import { viewRoutes } from './views.ts'
import { serveWebApp } from './web-app.ts'

export interface HttpOptions {
  readonly logger: FastifyBaseLogger
  /** See the setting; absent: from each request. */
  readonly publicUrl: string | undefined
  /** Addresses of proxies whose X-Forwarded headers count; absent: none. */
  readonly trustProxy: readonly string[] | undefined
  /** Milliseconds for the headers, and without a byte of the body. */
  readonly bodyTimeout: number
  /** Directory of the built web app. */
  readonly webApp: string
  /** Milliseconds for which a closing server still answers that it closes. 0 by default. */
  readonly closingGrace?: number
}

/** Milliseconds for a whole request, however steadily it comes: 20 MiB over a bad line take minutes. */
const REQUEST_TIMEOUT = 600_000

/** Milliseconds between an answer to what isn't HTTP and the end of the connection. */
const LINGER = 1_000

/** Composed like this in `main.ts` and in tests; listening is left to the caller. */
export async function createHttpServer(services: Services, options: HttpOptions): Promise<App> {
  const closing: Closing = { stage: 'open' }
  let publish: Publish | null = null
  const onRefusal = (code: ErrorCode): void => services.metrics.countRefusal(code)
  // Other nodes and earlier starts write to the same log.
  const start = randomBytes(4).toString('hex')
  let requests = 0
  const nextId = (): string => `${start}-${(++requests).toString(36)}`
  const app: App = fastify({
    loggerInstance: options.logger,
    genReqId: nextId,
    // One line a request is too much for a device a second; errors are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy === undefined ? false : [...options.trustProxy],
    routerOptions: { maxParamLength: 16_384, caseSensitive: true },
    bodyLimit: 1024 * 1024,
    // Refused below, with a body like every other refusal.
    return503OnClosing: false,
    requestTimeout: REQUEST_TIMEOUT,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, onRefusal),
    clientErrorHandler(error, socket) {
      if (socket.destroyed || !socket.writable) return
      socket.end(rawErrorResponse(error.code))
      // Time to read it; whoever doesn't hang up then is hung up on.
      setTimeout(() => socket.destroy(), LINGER).unref()
    },
    serverFactory: (handler) =>
      deferContinue(
        createServer(
          {
            maxHeaderSize: 16_384,
            headersTimeout: options.bodyTimeout,
            requestTimeout: REQUEST_TIMEOUT,
            connectionsCheckingInterval: 1_000,
            keepAliveTimeout: 65_000,
            // Refused below, with a body like every other refusal.
            requireHostHeader: false,
          },
          plainPublishFirst(handler, {
            publish: () => publish,
            closing,
            log: () => options.logger.child({ reqId: nextId() }),
            onAnswer: (status) => services.metrics.countAnswer(status),
          }),
        ),
        handler,
      ),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, onRefusal))

  const routes = new RouteTable()
  routes.watch(app)
  addSecurityHeaders(app, services.pictures.linkOrigin)
  requireClearFraming(app)
  requireEncodedQuery(app)
  allowBodies(app, { except: PUBLISH_PATH })
  refuseWhileClosing(app, closing, options.closingGrace ?? 0)
  const baseUrl = baseUrlOf(options.publicUrl)
  const http = { ...services, authorise: authoriser({ ...services, baseUrl }), baseUrl }
  const access = {
    ...http,
    requireSensor: async (request: FastifyRequest) => {
      const { id } = await http.authorise.requireAccount(request)
      return services.sensors.get(id, (request.params as { name: string }).name)
    },
  }

  const publishServices = { ...services, bodyTimeout: options.bodyTimeout }
  const answerPublish = publisher(publishServices, closing)
  publish = answerPublish
  await app.register(async (scope: App) => publishRoutes(scope, publishServices, answerPublish))
  await openapi(app)
  await app.register(
    async (api: App) => {
      await api.register(fastifyCookie)
      await api.register(fastifyCompress, {
        encodings: ['gzip', 'identity'],
        threshold: 1024,
        // Of a graph: half the time of the default, a twentieth more bytes.
        zlibOptions: { level: 2 },
        globalDecompression: false,
      })
      requirePlainBodies(api)
      takeLeftOut(api)
      setupRoutes(api, http)
      sessionRoutes(api, http)
      meRoutes(api, http)
      accountRoutes(api, http)
      tokenRoutes(api, http)
      sensorRoutes(api, http)
      fieldRoutes(api, http)
      keyRoutes(api, http)
      seriesRoutes(api, access)
      measurementRoutes(api, access)
      deleteMeasurementRoutes(api, http)
      tagRoutes(api, access)
      imageRoutes(api, access)
      keogramRoutes(api, access)
      liveRoutes(api, access)
      noteRoutes(api, access)
      viewRoutes(api, http)
    },
    { prefix: '/api/v1' },
  )
  errorDocsRoutes(app)
  healthRoutes(app, services)
  countAnswers(app, services.metrics)
  await serveWebApp(app, options.webApp, routes)
  return app
}

function countAnswers(app: App, metrics: Metrics): void {
  app.addHook('onResponse', (_request, reply, done) => {
    metrics.countAnswer(reply.statusCode)
    done()
  })
}
