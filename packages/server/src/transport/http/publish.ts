import type { FieldsJson, PublishCheckJson } from '@senio/protocol/api'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Metrics } from '../../domain/metrics.ts'
import type { BodyMemory } from '../../domain/overload/body-memory.ts'
import { UnknownOutcome } from '../../storage/unknown-outcome.ts'
import type { OpenedKey } from '../../domain/sensors/device-keys.ts'
import type { App } from './app.ts'
import { drain } from './body/drain.ts'
import type { Closing } from './closing.ts'
import type { ClientAddress } from './client-address.ts'
import type { CredentialUses } from './credential-uses.ts'
import { errorAnswer, toSenioError } from './errors.ts'
import { HeldConnections } from './held-connections.ts'
import { answerJson } from './node-answer.ts'
import { type PublishBodyServices, readMeasurements } from './publish-body.ts'
import { PublishWork, type WorkAdmission } from './publish-work.ts'
import { authorisePublish, type PublishKeyServices } from './publish-key.ts'
import { isAnsweredRaw } from './raw-answer.ts'
import type { RefusalLog } from './refusal-log.ts'
import { logEvent } from '../log-events.ts'

/** Its bodies are read here, after the key was checked. */
export const PUBLISH_PATH = '/publish/:name'

export type PublishServices = PublishBodyServices &
  PublishKeyServices & {
    readonly admission: WorkAdmission
    readonly bodyMemory: Pick<BodyMemory, 'hold'>
    readonly metrics: Pick<Metrics, 'countRefusal'>
    readonly refusals: RefusalLog
    readonly keyUses: CredentialUses
    readonly clientOf: ClientAddress
  }

/** A publish request as Node has it. */
export interface PublishExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The sensor's name in the URL, without percent escapes. */
  readonly name: string
  /** Where errors of ours go, with the request's id. */
  readonly log: () => FastifyBaseLogger
}

/** Answers a publish request, or ends its connection where nothing true can be said. Never rejects. */
export type Publish = (exchange: PublishExchange) => Promise<void>

/** The one implementation of `POST /publish/<sensor name>`, the fixed part of the contract. */
export function publisher(services: PublishServices, closing: Closing): Publish {
  const connections = new HeldConnections(closing)
  const noteUse = (
    { keyId, sensor }: OpenedKey,
    request: IncomingMessage,
    log: () => FastifyBaseLogger,
  ): void => {
    const client = services.clientOf(request)
    if (!services.keyUses.isNew(keyId, client)) return
    logEvent(log(), 'key-used', { key: keyId, sensor: sensor.id, client })
  }
  return async ({ request, response, name, log }) => {
    const held = services.bodyMemory.hold()
    const work = new PublishWork(services.admission, connections.waited(request.socket))
    try {
      work.admit()
      const opened = await authorisePublish(request, name, services)
      if (services.keyUses.isOn) noteUse(opened, request, log)
      const { sensor } = opened
      const query = searchParamsOf(request.url ?? '')
      const stored = await readMeasurements(services, { request, sensor, query, held, work })
      answerJson(response, closing, { status: 201, body: JSON.stringify(stored) })
    } catch (error) {
      if (error instanceof UnknownOutcome) return breakOff(error, request, log)
      drain(request)
      const refusal = toSenioError(error)
      const answer = errorAnswer(refusal, request, log)
      if (!isAnsweredRaw(request.socket)) {
        services.metrics.countRefusal(refusal.code)
        services.refusals.ofPublish(refusal, request, PUBLISH_PATH, log)
      }
      if (refusal.code === 'overloaded') whenRead(request, () => connections.hold(request.socket))
      answerJson(response, closing, answer)
    } finally {
      held.release()
      work.end()
    }
  }
}

function whenRead(request: IncomingMessage, then: () => void): void {
  if (request.readableEnded) then()
  else request.once('end', then)
}

/**
 * A 201 would say that it is stored, anything else that nothing is. So nothing is said: whoever gets no answer sends again, and
 * so does a proxy, to another node.
 */
function breakOff(error: UnknownOutcome, request: IncomingMessage, log: () => FastifyBaseLogger): void {
  logEvent(log(), 'request-unanswered', { err: error.cause ?? error })
  request.socket.destroy()
}

/** `/publish/<sensor name>`: the check of the set-up, and every publish request that isn't answered before routing. */
export function publishRoutes(app: App, services: PublishServices, publish: Publish): void {
  app.removeAllContentTypeParsers()
  // The body stays on the wire until the key was checked.
  app.addContentTypeParser('*', (_request, _body, done) => done(null))

  app.get(PUBLISH_PATH, async (request): Promise<PublishCheckJson> => {
    const { sensor } = await authorisePublish(request.raw, nameOf(request.params), services)
    const entries = sensor.fields.map((field) => [field.name, { unit: field.unit, type: field.type }])
    return { name: sensor.name, fields: Object.fromEntries(entries) as FieldsJson }
  })

  app.post(PUBLISH_PATH, (request, reply) => {
    reply.hijack()
    void publish({
      request: request.raw,
      response: reply.raw,
      name: nameOf(request.params),
      log: () => request.log,
    })
  })
}

function nameOf(params: unknown): string {
  return (params as { readonly name: string }).name
}

const NO_QUERY = new URLSearchParams()

/** Cheap where there is no query: nearly always. */
function searchParamsOf(url: string): URLSearchParams {
  const mark = url.indexOf('?')
  return mark < 0 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1))
}
