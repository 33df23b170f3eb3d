import { createHttp } from './request.ts'
import { accountsResource } from './rest/accounts.ts'
import { imagesResource } from './rest/images.ts'
import { keysResource } from './rest/keys.ts'
import { type EventSourceLike, liveResource } from './rest/live.ts'
import { measurementsResource } from './rest/measurements.ts'
import { notesResource } from './rest/notes.ts'
import { fieldsResource, sensorsResource } from './rest/sensors.ts'
import { meResource, sessionResource, sessionsResource, setupResource } from './rest/session.ts'
import { tokensResource } from './rest/tokens.ts'
import { viewsResource } from './rest/views.ts'

export interface ClientOptions {
  /** For example `https://senio.example.org`; absent = the origin of the page. */
  readonly baseUrl?: string
  /** A personal API token; absent = the browser's session cookie. */
  readonly token?: string
  /** Absent = the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** Absent = the browser's EventSource. Elsewhere give one to use `live`. */
  readonly openEventSource?: (url: string) => EventSourceLike
}

/**
 * The REST API of one Senio server, typed. Every call rejects with ProblemError.
 *
 * @example
 * const senio = createClient({ baseUrl: 'http://localhost:8080', token })
 * const { sensors } = await senio.sensors.list()
 */
export function createClient(options: ClientOptions = {}) {
  const http = createHttp({
    baseUrl: options.baseUrl ?? '',
    token: options.token,
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
  })
  return {
    setup: setupResource(http),
    session: sessionResource(http),
    sessions: sessionsResource(http),
    me: meResource(http),
    accounts: accountsResource(http),
    tokens: tokensResource(http),
    sensors: sensorsResource(http),
    fields: fieldsResource(http),
    keys: keysResource(http),
    notes: notesResource(http),
    views: viewsResource(http),
    ...measurementsResource(http),
    ...imagesResource(http),
    ...liveResource(http, options.openEventSource ?? ((url) => new EventSource(url))),
  }
}

export type Client = ReturnType<typeof createClient>
