import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import type { App } from './app.ts'
import { addSecurityHeaders } from './security-headers.ts'

async function headersOf(url: string, headers: Record<string, string> = {}) {
  const app: App = fastify({ trustProxy: true })
  addSecurityHeaders(app, null)
  app.get('*', async () => 'x')
  return (await app.inject({ url, headers })).headers
}

it('pages load from here only, run nothing inline, and are framed nowhere', async () => {
  const { 'content-security-policy': policy, ...headers } = await headersOf('/')
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
})

it('browsers that came over https come back over https', async () => {
  const secure = await headersOf('/', { 'x-forwarded-proto': 'https' })
  expect(secure['strict-transport-security']).toBe('max-age=31536000')
  expect(await headersOf('/')).not.toHaveProperty('strict-transport-security')
})

it('devices get few headers', async () => {
  expect(await headersOf('/publish/rpi')).not.toHaveProperty('content-security-policy')
})
