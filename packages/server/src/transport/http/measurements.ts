import { Readable } from 'node:stream'
import {
  deletedSchema,
  deleteMeasurementsQuerySchema,
  measurementListSchema,
  measurementsQuerySchema,
  tagListSchema,
  tagsQuerySchema,
} from '@senio/protocol/api'
import { z } from 'zod'
import { csvHeader, csvRow } from '../../domain/query/csv.ts'
import type { MeasurementExport } from '../../domain/query/measurements.ts'
import type { Sensors } from '../../domain/sensors/sensors.ts'
import { acceptanceOf } from './accept.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

/** The forms of a whole range, streamed; by media type. */
const exports = {
  'text/csv': { contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv', write: toCsv },
  'application/x-ndjson': { contentType: 'application/x-ndjson', extension: 'ndjson', write: toLines },
} as const

const measurementsResponse = {
  description: 'A page as JSON; the whole range as CSV or as one measurement a line',
  content: {
    'application/json': { schema: measurementListSchema },
    'text/csv': { schema: z.string() },
    'application/x-ndjson': { schema: z.string() },
  },
}

/** Measurements, in pages or as a stream. */
export function measurementRoutes(app: App, { authorise, requireSensor, queries }: SensorAccess): void {
  app.get(
    '/sensors/:name/measurements',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'Measurements, oldest first; the whole range with Accept: text/csv or application/x-ndjson',
        params: sensorParams,
        querystring: measurementsQuerySchema,
        response: { ...problemResponses, 200: measurementsResponse },
      },
    },
    async (request, reply) => {
      const sensor = await requireSensor(request)
      const form = requestedExport(request.headers.accept)
      reply.header('vary', 'accept')
      if (form === null) return queries.measurements(sensor, request.query)
      const { contentType, extension, write } = exports[form]
      const lines = write(await queries.export(sensor, request.query))
      reply.header('content-type', contentType)
      reply.header('content-disposition', attachment(`${sensor.name}.${extension}`))
      // A stream passes by the serialiser of the schema.
      return reply.send(Readable.from(inBlocks(lines)) as never)
    },
  )
}

/** What they are found by. */
export function tagRoutes(app: App, { authorise, requireSensor, queries }: SensorAccess): void {
  app.get(
    '/sensors/:name/tags',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: "The tags that a sensor's measurements bear",
        params: sensorParams,
        querystring: tagsQuerySchema,
        response: { ...problemResponses, 200: tagListSchema },
      },
    },
    async (request) => queries.tags(await requireSensor(request), request.query),
  )
}

/** Deleting a range of them. */
export function deleteMeasurementRoutes(
  app: App,
  { authorise, sensors }: { readonly authorise: Authoriser; readonly sensors: Sensors },
): void {
  app.delete(
    '/sensors/:name/measurements',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'Delete the values of a range, of all fields or of some',
        params: sensorParams,
        querystring: deleteMeasurementsQuerySchema,
        response: { ...problemResponses, 200: deletedSchema },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      return { deleted: await sensors.deleteMeasurements(id, request.params.name, request.query) }
    },
  )
}

/** The first that is named, unless it is refused. */
function requestedExport(accept: string | undefined): keyof typeof exports | null {
  for (const entry of (accept ?? '').split(',')) {
    const mediaType = (entry.split(';')[0] ?? '').trim().toLowerCase()
    if (mediaType !== 'text/csv' && mediaType !== 'application/x-ndjson') continue
    if (acceptanceOf(mediaType, accept).quality > 0) return mediaType
  }
  return null
}

async function* toCsv({ fields, measurements }: MeasurementExport): AsyncGenerator<string> {
  yield csvHeader(fields)
  for await (const measurement of measurements) yield csvRow(measurement, fields)
}

async function* toLines({ measurements }: MeasurementExport): AsyncGenerator<string> {
  for await (const measurement of measurements) yield `${JSON.stringify(measurement)}\n`
}

/** One write per line would cost more than the lines. */
async function* inBlocks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let block = ''
  for await (const line of lines) {
    block += line
    if (block.length < 65_536) continue
    yield Buffer.from(block)
    block = ''
  }
  yield Buffer.from(block)
}

/** RFC 6266: the name in ASCII for old clients, in UTF-8 for the others. */
function attachment(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\w.() +-]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
}
