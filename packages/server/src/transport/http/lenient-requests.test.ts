import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../../testing/publish-site.ts'

const T = 1_600_000_000_000
let site: PublishSite

beforeAll(async () => {
  site = await PublishSite.open()
  await site.post(JSON.stringify({ timestamp: T, data: { temp: 1 } }))
})
afterAll(() => site.close())

it.each([
  ['series?fields=&from=&to=&points=', 'series'],
  ['measurements?from=&to=&fields=&tag=&limit=&cursor=', 'measurements'],
  ['images?field=&from=&to=&limit=&cursor=&count=', 'images'],
])('takes an empty parameter for an absent one: %s', async (empty, absent) => {
  const answer = await site.get(empty)
  expect(answer.status).toBe(200)
  expect(answer.json).toEqual((await site.get(absent)).json)
})

it('still misses what is required', async () => {
  expectProblem(await site.get('at?t='), 'parameter-invalid')
})

async function post(path: string, headers: Record<string, string> = {}, payload?: string) {
  return site.server.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${site.token}`, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
}

it.each(['/sensors/rpi/keys', '/tokens'])('takes no body for an empty object: %s', async (path) => {
  const answer = await post(path)
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ label: '' })
})

it.each(['/sensors', '/sensors/rpi/notes', '/views', '/session'])(
  'says that a body is missing where something has to be in it: %s',
  async (path) => {
    const answer = await post(path)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'malformed-json',
      detail: expect.stringContaining('no body') as string,
    })
    // As where it is announced and empty.
    expect((await post(path, { 'content-type': 'application/json' })).statusCode).toBe(400)
  },
)

it('does not take null for an empty object', async () => {
  const answer = await post('/tokens', { 'content-type': 'application/json' }, 'null')
  expect(answer.statusCode).toBe(422)
})

it.each(['text/plain', 'application/xml'])('takes no %s', async (type) => {
  const answer = await post('/tokens', { 'content-type': type }, '{}')
  expect(answer.statusCode).toBe(415)
})
