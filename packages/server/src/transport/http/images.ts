import {
  exifSchema,
  imageListSchema,
  imageQuerySchema,
  imagesQuerySchema,
  sha1Schema,
} from '@senio/protocol/api'
import { SenioError } from '@senio/protocol'
import { z } from 'zod'
import type { Pictures } from '../../domain/pictures/pictures.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { App } from './app.ts'
import { byteRange } from './byte-range.ts'
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
  async function requireOwned(sensor: Sensor, sha1: string): Promise<void> {
    const isOwned = sha1Schema.safeParse(sha1).success && (await queries.ownsImage(sensor, sha1))
    if (!isOwned) throw new SenioError('not-found', 'There is no such picture.')
  }

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
        response: { ...problemResponses, 200: pictureResponse, 206: pictureResponse },
      },
    },
    async (request, reply) => {
      const { sha1 } = request.params
      const { size } = request.query
      await requireOwned(await requireSensor(request), sha1)
      const link = size === 'original' ? await pictures.link(sha1) : null
      if (link !== null) return reply.header('cache-control', 'no-store').redirect(link, 302)
      const picture = await pictures.open(sha1, size)
      const tag = `"${sha1}-${size}"`
      const { range: asked, 'if-range': condition = tag } = request.headers
      // Until it is known what there is, which an error must say as well.
      reply.header('content-range', `bytes */${picture.bytes}`)
      const range = condition === tag ? byteRange(asked, picture.bytes) : null
      reply.removeHeader('content-range').headers({
        ...(picture.isFinal ? { etag: tag } : {}),
        'content-type': picture.mediaType,
        'content-length': range === null ? picture.bytes : range.end - range.start,
        'accept-ranges': 'bytes',
        'content-security-policy': INERT,
        'cache-control': picture.isFinal ? FOR_EVER : 'no-store',
      })
      // A stream passes by the serialiser of the schema.
      if (range === null) return reply.send(picture.stream())
      reply.code(206).header('content-range', `bytes ${range.start}-${range.end - 1}/${picture.bytes}`)
      return reply.send(picture.stream(range))
    },
  )

  app.get(
    '/sensors/:name/images/:sha1/exif',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Measurements'],
        summary: 'What the camera wrote into a picture (EXIF); empty when it wrote nothing that can be read',
        params: sensorParams.extend({ sha1: z.string() }),
        response: { ...problemResponses, 200: exifSchema },
      },
    },
    async (request, reply) => {
      const { sha1 } = request.params
      await requireOwned(await requireSensor(request), sha1)
      const exif = await pictures.exif(sha1)
      // A reader that was short of memory or time reads nothing, too.
      return reply.header('cache-control', Object.keys(exif).length === 0 ? 'no-store' : FOR_EVER).send(exif)
    },
  )
}
