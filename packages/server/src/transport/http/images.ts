import { imageListSchema, imageQuerySchema, imagesQuerySchema, sha1Schema } from '@senio/protocol/api'
import { SenioError } from '@senio/protocol'
import { z } from 'zod'
import type { Pictures } from '../../domain/pictures/pictures.ts'
import type { App } from './app.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

export interface ImageAccess extends SensorAccess {
  readonly pictures: Pictures
}

/** A picture never changes under its hash; it is private to who may see it. */
const FOR_EVER = 'private, max-age=31536000, immutable'

/** Whatever the bytes are, a browser shows a picture or nothing: no scripts, no other origin. */
export const INERT = "default-src 'none'; style-src 'none'; sandbox"

const bytes = { schema: z.any().meta({ type: 'string', format: 'binary' }) }

const pictureResponse = {
  description: 'The picture; SVG is the placeholder for one that cannot be shown',
  content: { 'image/jpeg': bytes, 'image/png': bytes, 'image/webp': bytes, 'image/svg+xml': bytes },
}

/** Lists of pictures, and the pictures. */
export function imageRoutes(app: App, { authorise, requireSensor, queries, pictures }: ImageAccess): void {
  app.get(
    '/sensors/:name/images',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'Pictures of a field, oldest first; with `count` that many, evenly spaced in time',
        params: sensorParams,
        querystring: imagesQuerySchema,
        response: { ...problemResponses, 200: imageListSchema },
      },
    },
    async (request) => queries.images(await requireSensor(request), request.query),
  )

  app.get(
    '/sensors/:name/images/:sha1',
    {
      onRequest: authorise.signedIn,
      compress: false,
      schema: {
        tags: ['Measurements'],
        summary: 'A picture: thumb fits 320×320, preview 1280×1280, original byte for byte',
        params: sensorParams.extend({ sha1: z.string() }),
        querystring: imageQuerySchema,
        response: { ...problemResponses, 200: pictureResponse },
      },
    },
    async (request, reply) => {
      const sensor = await requireSensor(request)
      const { sha1 } = request.params
      const isOwned = sha1Schema.safeParse(sha1).success && (await queries.ownsImage(sensor, sha1))
      if (!isOwned) throw new SenioError('not-found', 'There is no such picture.')
      const picture = await pictures.open(sha1, request.query.size)
      reply.headers({
        'content-type': picture.mediaType,
        'content-length': picture.bytes,
        'content-security-policy': INERT,
        'cache-control': picture.isFinal ? FOR_EVER : 'no-store',
      })
      // A stream passes by the serialiser of the schema.
      return reply.send(picture.stream())
    },
  )
}
