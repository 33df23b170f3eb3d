import { keogramQuerySchema, keogramTileQuerySchema } from '@senio/protocol/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Keogram, Keograms } from '../../domain/keogram/keograms.ts'
import type { App } from './app.ts'
import { INERT } from './images.ts'
import { sensorParams } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

export interface KeogramAccess extends SensorAccess {
  readonly keograms: Keograms
}

/**
 * What is settled may still be changed by measurements that come late, and by deletions: after a day browsers ask
 * again, while they show what they have.
 */
const SETTLED = 'private, max-age=86400, stale-while-revalidate=604800'
/** Seconds after which one with pictures without thumbs has more columns. */
const PENDING_SECONDS = 2
/** Kept, and asked for each time: an unchanged one costs no bytes. */
const GROWING = 'private, no-cache'

const webp = {
  description: 'A WebP picture',
  content: { 'image/webp': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
}

const tileParams = sensorParams.extend({
  field: z.string().meta({ description: 'name of an image field' }),
  msPerColumn: z.string().meta({ description: 'milliseconds of a column: a power of two' }),
  tile: z.string().meta({ description: 'index of the tile from the epoch on, and `.webp`' }),
})

/** Pictures of time: one column of pixels a picture. */
export function keogramRoutes(app: App, { authorise, requireSensor, keograms }: KeogramAccess): void {
  app.get(
    '/sensors/:name/keogram',
    {
      onRequest: authorise.signedIn,
      compress: false,
      schema: {
        tags: ['Measurements'],
        summary: 'The pictures of a range as one: a column each, aligned to time',
        description:
          'The range is divided into `width` equal slots. Each column is the first picture in its slot, transparent ' +
          'where there is none.',
        params: sensorParams,
        querystring: keogramQuerySchema,
        response: { 200: webp, ...problemResponses },
      },
    },
    async (request, reply) =>
      sendKeogram(await keograms.image(await requireSensor(request), request.query), request, reply),
  )

  app.get(
    '/sensors/:name/keogram/:field/:msPerColumn/:tile',
    {
      onRequest: authorise.signedIn,
      compress: false,
      schema: {
        tags: ['Measurements'],
        summary: 'A tile of a keogram: 256 columns, 240 pixels high',
        description:
          'The tile `n` begins at `n * 256 * msPerColumn`; its column `i` is the first picture in the slot of ' +
          '`msPerColumn` that begins at `i * msPerColumn` within it, transparent where there is none. ' +
          '`Retry-After` says that thumbs are still being made, and there will be more columns.',
        params: tileParams,
        querystring: keogramTileQuerySchema,
        response: { 200: webp, ...problemResponses },
      },
    },
    async (request, reply) => {
      const sensor = await requireSensor(request)
      const { field, msPerColumn, tile } = request.params
      const asked = {
        field,
        msPerColumn: indexOf(/^(\d{1,15})$/, msPerColumn),
        tile: indexOf(/^(\d{1,15})\.webp$/, tile),
        column: request.query.column,
        tag: request.query.tag,
      }
      return sendKeogram(await keograms.tile(sensor, asked), request, reply)
    },
  )
}

/** -1, which is none, for what doesn't match. */
function indexOf(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? -1)
}

async function sendKeogram(keogram: Keogram, request: FastifyRequest, reply: FastifyReply): Promise<never> {
  const etag = `"${keogram.key}"`
  const cacheControl = keogram.isSettled ? SETTLED : GROWING
  reply.headers({ 'content-security-policy': INERT, 'cache-control': cacheControl, etag })
  if (keogram.hasPending) reply.header('retry-after', PENDING_SECONDS)
  if (matches(request.headers['if-none-match'], etag)) return reply.status(304).send() as never
  const { bytes, isComplete } = await keogram.open()
  if (!isComplete)
    reply.headers({ 'cache-control': 'no-store', 'retry-after': PENDING_SECONDS }).removeHeader('etag')
  // Bytes pass by the serialiser of the schema.
  return reply.type('image/webp').send(bytes) as never
}

/** RFC 9110 section 13.1.2: a list, compared without regard to weakness. */
function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
