import { SenioError } from '@senio/protocol'
import type { Metrics } from '../../domain/metrics.ts'
import { hashSecret } from '../../domain/secrets.ts'
import type { App } from './app.ts'

export interface HealthServices {
  /** Resolves when a durable write succeeded. */
  readonly probe: () => Promise<void>
  /** Why pictures can be neither stored nor read; null when they can. */
  readonly pictureFailure: () => Error | null
  /** Prometheus text. */
  readonly metrics: Metrics
  /** What `/metrics` asks for; undefined: nothing. */
  readonly metricsToken: string | undefined
}

/** For supervisors and monitoring; tells nothing about what is stored. */
export function healthRoutes(
  app: App,
  { probe, pictureFailure, metrics, metricsToken }: HealthServices,
): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }))

  app.get('/readyz', { schema: { hide: true } }, async () => {
    await probe()
    // Ready all the same: another node has the same bucket, and numbers, graphs and sign-in go on.
    return { status: 'ready', pictures: pictureFailure() === null ? 'ready' : 'failing' }
  })

  const expected = metricsToken === undefined ? null : hashSecret(`Bearer ${metricsToken}`)
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    // Of hashes, so that the time tells nothing of the token.
    if (expected !== null && hashSecret(request.headers.authorization ?? '') !== expected) {
      throw new SenioError('not-signed-in', 'Send "Authorization: Bearer <token>" with the metrics token.')
    }
    reply.header('content-type', metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
