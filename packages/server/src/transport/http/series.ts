import { timestampMs } from '@senio/protocol'
import {
  instantQuerySchema,
  instantSchema,
  latestQuerySchema,
  seriesQuerySchema,
  seriesSchema,
} from '@senio/protocol/api'
import type { App } from './app.ts'
import { jsonText } from './json-text.ts'
import { sensorParams } from './parameters.ts'
import { plainJson } from './plain-json.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

/** Graph data, and all values at an instant. */
export function seriesRoutes(app: App, { authorise, requireSensor, queries }: SensorAccess): void {
  app.get(
    '/sensors/:name/series',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'Graph data of any range, in at most `points` entries a field',
        params: sensorParams,
        querystring: seriesQuerySchema,
        response: { ...problemResponses, 200: seriesSchema },
      },
    },
    async (request, reply) => {
      const text = jsonText(await queries.series(await requireSensor(request), request.query))
      reply.type('application/json; charset=utf-8')
      // A text passes by the serialiser of the schema.
      return reply.send(text as never)
    },
  )

  app.get(
    '/sensors/:name/at',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: "Every field's value at or before an instant, pictures included",
        params: sensorParams,
        querystring: instantQuerySchema,
        response: { ...problemResponses, 200: instantSchema },
      },
    },
    async (request, reply) =>
      plainJson(
        reply,
        await queries.at(await requireSensor(request), timestampMs(request.query.t), request.query.tag),
      ),
  )

  app.get(
    '/sensors/:name/latest',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: "Every field's newest value",
        params: sensorParams,
        querystring: latestQuerySchema,
        response: { ...problemResponses, 200: instantSchema },
      },
    },
    async (request, reply) =>
      plainJson(reply, await queries.latest(await requireSensor(request), request.query.tag)),
  )
}
