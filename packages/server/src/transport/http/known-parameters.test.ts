import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../../testing/publish-site.ts'

let site: PublishSite

beforeAll(async () => {
  site = await PublishSite.open()
})
afterAll(() => site.close())

describe('a parameter that the address does not know', () => {
  it.each([
    ['latest?tags=a', 'tags'],
    ['at?t=1&fields=temp', 'fields'],
    ['/api/v1/me?verbose=1', 'verbose'],
    ['/api/v1/sensors/rpi?fields=temp', 'fields'],
    ['/api/v1/views?search=a', 'search'],
    [`images/${'a'.repeat(40)}/exif?size=thumb`, 'size'],
    ['/api/v1/setup?__proto__=x', '__proto__'],
    ['/api/v1/openapi.json?version=2', 'version'],
  ])('is refused by its name: %s', async (path, name) => {
    const answer = await site.get(path)
    expectProblem(answer, 'parameter-invalid')
    expect(answer.json).toMatchObject({ field: name, detail: expect.stringContaining(`"${name}"`) as string })
  })

  it('is refused where something would be changed, too', async () => {
    const answer = await site.send({
      method: 'DELETE',
      path: '/api/v1/sensors/rpi?dry-run=true',
      headers: [`Authorization: Bearer ${site.token}`],
    })
    expect(answer).toMatchObject({ status: 422, json: { field: 'dry-run' } })
    expect((await site.get('/api/v1/sensors/rpi')).status).toBe(200)
  })

  it('is none when it is empty', async () => {
    for (const path of ['/api/v1/me?verbose=', '/api/v1/openapi.json?version='])
      expect((await site.get(path)).status).toBe(200)
  })
})
