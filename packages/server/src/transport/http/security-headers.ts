import type { App } from './app.ts'

/** Scripts, styles and pictures from here only, pictures also from where links lead; nothing inline, nothing framed. */
function contentSecurityPolicy(pictureOrigin: string | null): string {
  return [
    "default-src 'self'",
    `img-src 'self' blob: data:${pictureOrigin === null ? '' : ` ${pictureOrigin}`}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** To whom came over https. Of subdomains we know nothing. */
const ONLY_SECURE = { 'strict-transport-security': 'max-age=31536000' } as const

/**
 * Sent with every answer; a route may set a stricter policy of its own.
 * @param pictureOrigin where else the pages may load pictures from
 */
export function addSecurityHeaders(app: App, pictureOrigin: string | null): void {
  const headers = { ...HEADERS, 'content-security-policy': contentSecurityPolicy(pictureOrigin) }
  app.addHook('onRequest', (request, reply, done) => {
    // Devices show no pages, and some of them have little memory for headers.
    if (request.url.startsWith('/publish/')) reply.header('x-content-type-options', 'nosniff')
    else reply.headers(request.protocol === 'https' ? { ...headers, ...ONLY_SECURE } : headers)
    done()
  })
}
