import { describe, expect, it, onTestFinished } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'
import { peopleApp } from './testing/people-app.ts'

interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: object }>>>>
  readonly components: { readonly schemas: object; readonly securitySchemes: object }
}

async function describedApi() {
  const { app } = await peopleApp()
  const response = await app.inject('/api/v1/openapi.json')
  return { app, response, api: response.json<Description>() }
}

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and knows publish and the routes', async () => {
    const { response, api } = await describedApi()
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(api.openapi).toMatch(/^3\.1\./)
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/publish/{name}', '/api/v1/session', '/api/v1/sensors/{name}/keys/{id}']),
    )
    expect(Object.keys(api.paths).filter((path) => !/^\/(?:api\/v1|publish)\//.test(path))).toEqual([])
    expect(Object.keys(api.components.securitySchemes)).toEqual(['token', 'cookie', 'deviceKey'])
  })

  it('holds the schemas that it points to, and no others', async () => {
    const { response, api } = await describedApi()
    const references = [...response.body.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(20)
    expect(new Set(references.map(([, name]) => name))).toEqual(new Set(Object.keys(api.components.schemas)))
  })

  it('says of every route how it succeeds and how it refuses', async () => {
    const { api } = await describedApi()
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        if (method === 'parameters') continue
        expect([`${method} ${path}`, ...Object.keys(responses ?? {})]).toEqual(
          expect.arrayContaining([expect.stringMatching(/^20/), '4XX', '5XX']),
        )
      }
    }
  })

  it('can be browsed without anything from elsewhere and without inline scripts', async () => {
    const { app } = await describedApi()
    const page = await app.inject('/api/docs')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self';(?!.*script-src)/)
    expect(page.body).not.toMatch(/https?:|<script>|\son\w+=/)
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '')
    expect(addresses.length).toBeGreaterThan(3)
    const answers = await Promise.all(addresses.map((url) => app.inject(url)))
    expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([])
  })
})

describe('the description of the whole API', () => {
  it('knows every route, and holds the schemas that it points to', async () => {
    const server = await TestServer.start()
    onTestFinished(() => server.stop())
    const response = await server.app.inject('/api/v1/openapi.json')
    const { paths, components } = response.json<Description>()
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/views/{id}/copy',
        '/api/v1/sensors/{name}/notes/{id}',
        '/api/v1/sensors/{name}/tags',
        '/api/v1/sensors/{name}/keogram',
        '/api/v1/sensors/{name}/keogram/{field}/{msPerColumn}/{tile}',
      ]),
    )
    const references = [...response.body.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    expect(new Set(references.map(([, name]) => name))).toEqual(new Set(Object.keys(components.schemas)))
    const keogram = paths['/api/v1/sensors/{name}/keogram']?.['get']?.responses
    expect(keogram).toMatchObject({ 200: { content: { 'image/webp': {} } } })
  })
})
