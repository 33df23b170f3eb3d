import type { Metrics } from '../../domain/metrics.ts'
import type { App } from './app.ts'

export interface HealthServices {
  /** Resolves when a durable write succeeded. */
  readonly probe: () => Promise<void>
  /** Prometheus text. */
  readonly metrics: Metrics
}

/** For supervisors and monitoring; tells nothing about what is stored. */
export function healthRoutes(app: App, { probe, metrics }: HealthServices): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }))

  app.get('/readyz', { schema: { hide: true } }, async () => {
    await probe()
    return { status: 'ready' }
  })

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
