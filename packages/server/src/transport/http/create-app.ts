import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SenioError } from '@senio/protocol'
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { Metrics } from '../../domain/metrics.ts'
import type { App } from './app.ts'
import { USUAL_BODY } from './body/rest-bodies.ts'
import type { Closing } from './closing.ts'
import type { ConnectionLimit } from './connection-limit.ts'
import { sendError } from './errors.ts'
import { deferContinue } from './expect-continue.ts'
import { plainPublishFirst } from './plain-publish.ts'
import type { Publish } from './publish.ts'
import { answerRaw, rawError } from './raw-answer.ts'
import type { RefusalLog } from './refusal-log.ts'
import { requestValidator } from './request-validation.ts'

/** Milliseconds for a whole request, however steadily it comes: 20 MiB over a bad line take minutes. */
const REQUEST_TIMEOUT = 600_000

/** Bytes of a request's line and headers, and so of a name in its path. */
const MAX_HEADER_BYTES = 16_384

export interface AppOptions {
  readonly logger: FastifyBaseLogger
  /** Addresses of proxies whose X-Forwarded headers count; absent: none. */
  readonly trustProxy: readonly string[] | undefined
  /** Milliseconds for the headers, and without a byte of the body. */
  readonly bodyTimeout: number
}

export interface AppParts {
  readonly metrics: Metrics
  readonly refusals: RefusalLog
  readonly publish: Publish
  readonly closing: Closing
  readonly connections: ConnectionLimit
}

/** The server without a route: how requests get in, and how errors get out. */
export function createApp(
  options: AppOptions,
  { metrics, refusals, publish, closing, connections }: AppParts,
): App {
  const onRefusal = (request: FastifyRequest) => (refusal: SenioError) => {
    metrics.countRefusal(refusal.code)
    refusals.ofRequest(refusal, request)
  }
  const nextId = requestIds()
  const app: App = fastify({
    loggerInstance: options.logger,
    genReqId: nextId,
    // One line a request is too much for a device a second; errors are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy === undefined ? false : [...options.trustProxy],
    routerOptions: { maxParamLength: MAX_HEADER_BYTES, caseSensitive: true },
    bodyLimit: USUAL_BODY,
    // Refused by `refuseWhileClosing`, with a body like every other refusal.
    return503OnClosing: false,
    requestTimeout: REQUEST_TIMEOUT,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, onRefusal(request)),
    clientErrorHandler(error, socket) {
      if (socket.destroyed || !socket.writable) return
      const refusal = rawError(error.code)
      metrics.countAnswer(refusal.status)
      metrics.countRefusal(refusal.code)
      refusals.ofConnection(refusal.code, remoteAddressOf(socket))
      answerRaw(socket, refusal)
    },
    serverFactory(handler) {
      const listener = plainPublishFirst(handler, {
        publish,
        closing,
        log: () => options.logger.child({ reqId: nextId() }),
        onAnswer: (status) => metrics.countAnswer(status),
      })
      // Where a host has several addresses, each has a server.
      return connections.watch(deferContinue(createNodeServer(listener, options.bodyTimeout), handler))
    },
  })
  metrics.watchConnections(() => connections.open)
  // Whoever asks for what there is not must not have a body read.
  app.removeAllContentTypeParsers()
  app.setValidatorCompiler(requestValidator)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onClose', async () => refusals.endWindow())
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, onRefusal(request)))
  return app
}

function createNodeServer(listener: RequestListener, headersTimeout: number): Server {
  return createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
      // Refused by `requireClearFraming`, with a body like every other refusal.
      requireHostHeader: false,
    },
    listener,
  )
}

function remoteAddressOf(socket: Duplex): string | undefined {
  return socket instanceof Socket ? socket.remoteAddress : undefined
}

/** Ids of requests in the log, to which other nodes and earlier starts write, too. */
function requestIds(): () => string {
  const start = randomBytes(4).toString('hex')
  let requests = 0
  return () => `${start}-${(++requests).toString(36)}`
}
