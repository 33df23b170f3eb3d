import fastifySwagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { App } from './app.ts'
import { publishPaths } from './openapi-publish.ts'

const description = {
  openapi: '3.1.0',
  info: {
    title: 'Senio',
    version: '1',
    description:
      'Numbers and pictures on one timeline. Lists come as `{"<plural>": […], "next": cursor or null}`, times are ' +
      'milliseconds since the Unix epoch, errors are problem details (RFC 9457) with a stable `code`.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  // Relative, so that "Try it out" asks the very server that shows the page.
  servers: [{ url: '/' }],
  tags: [
    { name: 'Publish', description: 'What devices speak' },
    { name: 'Account', description: 'Set-up, signing in and out' },
    { name: 'Accounts (administrators)' },
    { name: 'API tokens', description: 'What scripts use instead of a password' },
    { name: 'Sensors' },
    { name: 'Fields' },
    { name: 'Device keys', description: 'What devices publish with' },
    { name: 'Measurements', description: 'Numbers and pictures' },
    { name: 'Notes', description: "What people note on a sensor's time axis" },
    { name: 'Views', description: 'Fields of several sensors on one time axis' },
  ],
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'A personal API token: `senio_…`' },
      cookie: {
        type: 'apiKey',
        in: 'cookie',
        name: 'senio_session',
        description:
          "The web app's session; over https its name is `__Host-senio_session`. Writes must come from the web app's own origin.",
      },
      deviceKey: { type: 'http', scheme: 'bearer', description: 'A device key of the sensor: a UUID' },
    },
  },
  security: [{ token: [] }, { cookie: [] }],
} satisfies NonNullable<FastifyDynamicSwaggerOptions['openapi']>

/** As everywhere, but for the styles that Swagger UI sets inline. Scripts stay strict. */
const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'"

/**
 * The description of the API, made from the schemas that validate the requests when somebody first asks for it, and a
 * page to browse it at `/api/docs`. Register it before the routes: it notes them as they are added.
 */
export async function openapi(app: App): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: description,
    transform: (route) =>
      route.url.startsWith('/api/v1/')
        ? jsonSchemaTransform(route)
        : { schema: { hide: true }, url: route.url },
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject
      const api = jsonSchemaTransformObject(document) as Description
      const paths = { ...publishPaths, ...api.paths }
      const schemas = referredTo(api.components.schemas, paths)
      return { ...api, paths, components: { ...api.components, schemas } }
    },
  })
  await app.register(fastifySwaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', tryItOutEnabled: true },
    theme: { title: 'Senio API' },
    staticCSP: PAGE_POLICY,
  })
}

/** The description itself. */
export function openapiRoute(api: App): void {
  api.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache')
    return api.swagger()
  })
}

interface Description {
  readonly paths: object
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

/** Each schema is made as input and as output: those that `root` refers to, directly or through others. */
function referredTo(schemas: Readonly<Record<string, object>>, root: object): Record<string, object> {
  const found: Record<string, object> = {}
  const look = (from: object): void => {
    for (const [, name = ''] of JSON.stringify(from).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const schema = schemas[name]
      if (schema === undefined || name in found) continue
      found[name] = schema
      look(schema)
    }
  }
  look(root)
  return found
}
