import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from './app.ts'
import { sendError } from './errors.ts'
import { RouteTable } from './route-table.ts'
import { serveWebApp } from './web-app.ts'

const PAGE = '<!doctype html><title>Senio</title>'
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

let directory: string
let app: App

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-web-app-'))
  await writeFile(join(directory, 'index.html'), PAGE)
  app = fastify()
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply))
  await serveWebApp(app, directory, new RouteTable())
})
afterAll(async () => {
  await app.close()
  await rm(directory, { recursive: true })
})

const get = async (url: string, accept?: string) => {
  const { statusCode, body, headers } = await app.inject({
    url,
    headers: accept === undefined ? {} : { accept },
  })
  return { status: statusCode, isPage: body === PAGE, vary: headers['vary'] }
}

describe('the page of the web app', () => {
  it.each([[BROWSER], ['*/*'], [undefined], ['text/*'], ['application/json, */*;q=0.1']])(
    'is at the root, for browsers and for whoever takes anything: %s',
    async (accept) => {
      expect(await get('/', accept)).toMatchObject({ status: 200, isPage: true })
    },
  )

  it.each([['application/json'], ['text/html;q=0'], ['text/html;q=0, */*'], ['*/*;q=0']])(
    'is not given to those who do not want it: %s',
    async (accept) => {
      expect(await get('/', accept)).toMatchObject({ status: 404, isPage: false, vary: 'accept' })
    },
  )

  it('is at every other address for browsers alone: a picture or script that is missing is missing', async () => {
    expect(await get('/sensors/rpi?from=1', BROWSER)).toMatchObject({ status: 200, isPage: true })
    expect(await get('/missing.png', 'image/avif,image/webp,*/*;q=0.8')).toMatchObject({ status: 404 })
    expect(await get('/sensors/rpi', '*/*')).toMatchObject({ status: 404 })
  })

  it.each(['/api/nothing', '/publish/a/b', '/assets/missing.js'])('is not at %s', async (path) => {
    expect(await get(path, BROWSER)).toMatchObject({ status: 404, isPage: false })
  })
})
