import {
  createViewRequestSchema,
  updateViewRequestSchema,
  viewListQuerySchema,
  viewListSchema,
  viewSchema,
} from '@senio/protocol/api'
import { viewJson } from '../../domain/views/view-json.ts'
import type { Views } from '../../domain/views/views.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { idParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'

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
      schema: {
        tags,
        summary: 'Create a view of fields from any sensors',
        body: createViewRequestSchema,
        response: { 201: viewSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      return reply.status(201).send(viewJson(await views.create(id, request.body)))
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
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      return viewJson(await views.get(id, request.params.id))
    },
  )

  app.patch(
    '/views/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Rename a view, replace its panels',
        description:
          'What is absent stays. Fields that the view shows and that were deleted may be sent back.',
        params: idParams,
        body: updateViewRequestSchema,
        response: { 200: viewSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      return viewJson(await views.update(id, request.params.id, request.body))
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
      return reply.status(201).send(viewJson(await views.copy(id, request.params.id)))
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
