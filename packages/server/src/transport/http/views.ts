import {
  createViewRequestSchema,
  updateViewRequestSchema,
  viewListQuerySchema,
  viewListSchema,
  type ViewJson,
  viewSchema,
} from '@senio/protocol/api'
import { z } from 'zod'
import { viewJson } from '../../domain/views/view-json.ts'
import type { Views } from '../../domain/views/views.ts'
import type { View } from '../../storage/view-store.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { idParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'

const ifMatchHeaders = z.object({
  'if-match': z.string().optional().meta({ description: 'the `ETag` of the view as it was read' }),
})

/** Bytes: a thousand fields with the longest names. */
const LARGEST_BODY = 1024 * 1024

export interface ViewsServices {
  readonly views: Views
  readonly authorise: Authoriser
}

/** `/views`: the views that whoever is signed in composed. */
export function viewRoutes(app: App, { views, authorise }: ViewsServices): void {
  const onRequest = authorise.signedIn
  const tags = ['Views']

  app.get(
    '/views',
    {
      onRequest,
      schema: {
        tags,
        summary: 'List views, ordered by name',
        querystring: viewListQuerySchema,
        response: { 200: viewListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { limit, cursor } = request.query
      const { items, next } = await views.list(id, limit, cursor ?? null)
      return { views: items.map(viewJson), next }
    },
  )

  app.post(
    '/views',
    {
      onRequest,
      bodyLimit: LARGEST_BODY,
      schema: {
        tags,
        summary: 'Create a view of fields from any sensors',
        body: createViewRequestSchema,
        response: { 201: viewSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      return sendView(reply.status(201), await views.create(id, request.body))
    },
  )

  app.get(
    '/views/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'One view',
        params: idParams,
        response: { 200: viewSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      return sendView(reply, await views.get(id, request.params.id))
    },
  )

  app.patch(
    '/views/:id',
    {
      onRequest,
      bodyLimit: LARGEST_BODY,
      schema: {
        tags,
        summary: 'Rename a view, replace its panels',
        description:
          'What is absent stays. Fields that the view shows and that were deleted may be sent back. ' +
          'With the `ETag` of an earlier answer as `If-Match` nothing is overwritten that somebody else changed meanwhile: ' +
          'that gets 412.',
        params: idParams,
        headers: ifMatchHeaders,
        body: updateViewRequestSchema,
        response: { 200: viewSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const expected = request.headers['if-match']
      const view = await views.update(
        id,
        request.params.id,
        request.body,
        expected === undefined ? undefined : (found) => names(expected, viewTag(found)),
      )
      return sendView(reply, view)
    },
  )

  app.post(
    '/views/:id/copy',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Duplicate a view under a free name',
        params: idParams,
        response: { 201: viewSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      return sendView(reply.status(201), await views.copy(id, request.params.id))
    },
  )

  app.delete(
    '/views/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Delete a view',
        description: 'The sensors that it shows stay as they are.',
        params: idParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      await views.delete(id, request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function sendView<Reply extends { header(name: string, value: string): { send(body: ViewJson): Reply } }>(
  reply: Reply,
  view: View,
): Reply {
  return reply.header('etag', viewTag(view)).send(viewJson(view))
}

/** Another one after each change. */
function viewTag({ changed }: View): string {
  return `"${changed}"`
}

/** Whether `If-Match` names a tag. Proxies that compress mark tags as weak: these count, too. */
function names(ifMatch: string, tag: string): boolean {
  const named = ifMatch.split(',').map((part) => part.trim().replace(/^W\//, ''))
  return named.includes('*') || named.includes(tag)
}
