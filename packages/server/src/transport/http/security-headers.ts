import type { App } from './app.ts'

/** Scripts, styles and pictures from here only; nothing inline, nothing framed. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Sent with every answer; a route may set a stricter policy of its own. */
export function addSecurityHeaders(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    // Devices show no pages, and some of them have little memory for headers.
    if (request.url.startsWith('/publish/')) reply.header('x-content-type-options', 'nosniff')
    else reply.headers(HEADERS)
    done()
  })
}
