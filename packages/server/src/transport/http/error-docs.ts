import { errorCodes, errorKind } from '@senio/protocol'
import type { App } from './app.ts'

/** `/api/errors#<code>`: what the `type` of a problem points at. Open to everybody: devices' owners read it. */
export function errorDocsRoutes(app: App): void {
  app.get('/api/errors', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=3600')
    return reply.type('text/html; charset=utf-8').send(page())
  })
}

function page(): string {
  const entries = errorCodes.map((code) => {
    const { status, title, help } = errorKind(code)
    return `<dt id="${code}"><code>${code}</code>: ${status} ${text(title)}</dt><dd>${text(help)}</dd>`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Errors · Senio</title></head><body><h1>Errors</h1><dl>${entries.join('')}</dl></body></html>`
}

function text(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
