import fastifyCookie from '@fastify/cookie'
import fastify, { type InjectOptions } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { testPeople } from '../../../domain/testing/people.ts'
import { accountRoutes } from '../accounts.ts'
import type { App } from '../app.ts'
import { authoriser } from '../authorise.ts'
import { baseUrlOf } from '../base-url.ts'
import { CredentialUses } from '../credential-uses.ts'
import { sendError } from '../errors.ts'
import { fieldRoutes } from '../fields.ts'
import { keyRoutes } from '../keys.ts'
import { meRoutes } from '../me.ts'
import { openapi, openapiRoute } from '../openapi.ts'
import { requestValidator } from '../request-validation.ts'
import { sensorRoutes } from '../sensors.ts'
import { sessionRoutes } from '../session.ts'
import { setupRoutes } from '../setup.ts'
import { sessionListRoutes } from '../sessions.ts'
import { tokenRoutes } from '../tokens.ts'

export const anna = { email: 'anna@example.org', password: 'correct horse' }
export const ben = { email: 'ben@example.org', password: 'battery staple' }

/** The host that `inject` asks, as browsers name it. */
const OWN_ORIGIN = 'http://localhost:80'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** The JSON of the answer; null without a body. */
  readonly json: unknown
  /** The value of the session cookie that it sets; null when it sets none. */
  readonly cookie: string | null
}

/** The routes of accounts and sensors over stores in memory. */
export async function peopleApp(
  options: { readonly publicUrl?: string; readonly trustProxy?: boolean } = {},
) {
  const people = testPeople()
  const app: App = fastify({ trustProxy: options.trustProxy ?? false })
  app.setValidatorCompiler(requestValidator)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply))
  await app.register(fastifyCookie)
  await openapi(app)
  const baseUrl = baseUrlOf(options.publicUrl)
  const tokenUses = new CredentialUses(app.log, () => people.clock.now)
  const services = { ...people, baseUrl, authorise: authoriser({ ...people, baseUrl, tokenUses }) }
  await app.register(
    async (api: App) => {
      setupRoutes(api, services)
      sessionRoutes(api, services)
      meRoutes(api, services)
      accountRoutes(api, services)
      sessionListRoutes(api, services)
      tokenRoutes(api, services)
      openapiRoute(api)
      sensorRoutes(api, services)
      fieldRoutes(api, services)
      keyRoutes(api, services)
    },
    { prefix: '/api/v1' },
  )

  async function ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const request: InjectOptions = { method, url: `/api/v1${path}`, headers: { ...headers } }
    const response = await app.inject(body === undefined ? request : { ...request, payload: body as object })
    const cookie = response.cookies.find(({ name }) => name === 'senio_session')
    return {
      status: response.statusCode,
      headers: response.headers,
      json: response.body === '' ? null : (JSON.parse(response.body) as unknown),
      cookie: cookie?.value ?? null,
    }
  }

  /** Headers of the web app's page with that session. */
  function asPage(cookie: string | null): Record<string, string> {
    return { cookie: `senio_session=${cookie ?? ''}`, origin: OWN_ORIGIN }
  }

  /** Headers of a script with a new API token of the account. */
  async function asScript(email: string): Promise<Record<string, string>> {
    const account = await people.accounts.findByEmail(email)
    if (account === null) throw new Error(`no account ${email}`)
    const { token } = await people.apiTokens.create(account.id, '')
    return { authorization: `Bearer ${token}` }
  }

  return { ...people, app, ask, asPage, asScript }
}

/** As `peopleApp`, with Anna the administrator, who has the sensor rpi, and Ben, who has none. */
export async function populatedApp() {
  const people = await peopleApp()
  const owner = await people.accounts.create(anna)
  await people.accounts.create(ben)
  const fields = [
    { name: 'temp', type: 'scalar', unit: 'celsius' },
    { name: 'cam1', type: 'image' },
  ] as const
  const { sensor, key } = await people.sensors.create(owner.id, { name: 'rpi', fields })
  const keyId = (await people.deviceKeys.list(owner.id, 'rpi', 1, null)).items[0]?.id ?? 0
  return { ...people, owner, sensor, key, keyId }
}
