import type { Metrics } from '../../domain/metrics.ts'
import type { App } from './app.ts'

export interface HealthServices {
  /** Resolves when a durable write succeeded. */
  readonly probe: () => Promise<void>
  /** Why pictures can be neither stored nor read; null when they can. */
  readonly pictureFailure: () => Error | null
  /** Prometheus text. */
  readonly metrics: Metrics
}

/** For supervisors and monitoring; tells nothing about what is stored. */
export function healthRoutes(app: App, { probe, pictureFailure, metrics }: HealthServices): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }))

  app.get('/readyz', { schema: { hide: true } }, async () => {
    await probe()
    // Ready all the same: another node has the same bucket, and numbers, graphs and sign-in go on.
    return { status: 'ready', pictures: pictureFailure() === null ? 'ready' : 'failing' }
  })

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
