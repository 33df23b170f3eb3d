import { expect, it, onTestFinished } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'

interface Answer {
  readonly content?: object
}

type Methods = Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>

async function described(): Promise<Readonly<Record<string, Methods>>> {
  const server = await TestServer.start()
  onTestFinished(() => server.stop())
  const response = await server.app.inject('/api/v1/openapi.json')
  return response.json<{ paths: Record<string, Methods> }>().paths
}

it('the description of the API says of every route what success looks like', async () => {
  const silent = Object.entries(await described()).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'parameters')
      .filter(([, { responses }]) => {
        const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
        return status === undefined || (status !== '204' && answer?.content === undefined)
      })
      .map(([method]) => `${method} ${path}`),
  )
  expect(silent).toEqual([])
})

it('the description of measurements names every form that they come in', async () => {
  const { get } = (await described())['/api/v1/sensors/{name}/measurements'] ?? {}
  expect(Object.keys(get?.responses['200']?.content ?? {})).toEqual([
    'application/json',
    'text/csv',
    'application/x-ndjson',
  ])
})
