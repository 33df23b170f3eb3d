import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { SenioError } from '@senio/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptanceOf } from './accept.ts'
import type { App } from './app.ts'
import type { RouteTable } from './route-table.ts'

/**
 * Serves the built web app, and its page for every address that isn't a file, the API's or a device's, to whoever wants HTML.
 * @param directory the built app; when it isn't there, a line says how to build it
 */
export async function serveWebApp(app: App, directory: string, routes: RouteTable): Promise<void> {
  const built = existsSync(join(directory, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: directory,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Names in assets/ hold a hash of the content.
        const forEver = path.includes('/assets/')
        reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = routes.methodsOf(path)
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '))
      const detail = `${request.method} is not possible here; possible: ${methods.join(', ')}.`
      throw new SenioError('method-not-allowed', detail)
    }
    if (mayBePage(request, path)) {
      reply.header('vary', 'accept')
      if (isPageWanted(request, path)) return built ? reply.sendFile('index.html') : notBuilt(reply)
    }
    throw new SenioError('not-found', 'There is nothing at this address.')
  })
}

function mayBePage({ method }: FastifyRequest, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/(?:api|publish|assets)\//.test(path)
}

/**
 * Browsers name HTML. Whoever takes anything, as curl does, gets the page at the root alone: elsewhere it may be a
 * picture that they miss.
 */
function isPageWanted({ headers }: FastifyRequest, path: string): boolean {
  const { quality, isNamed } = acceptanceOf('text/html', headers.accept)
  return quality > 0 && (isNamed || path === '/')
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .status(503)
    .type('text/plain')
    .send('The web app is not built yet. Start Senio with: npm start\n')
}
