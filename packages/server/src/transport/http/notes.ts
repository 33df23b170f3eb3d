import {
  createNoteRequestSchema,
  noteListSchema,
  noteSchema,
  notesQuerySchema,
  updateNoteRequestSchema,
} from '@senio/protocol/api'
import type { Notes } from '../../domain/notes/notes.ts'
import type { App } from './app.ts'
import { noteParams, sensorParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'
import type { SensorAccess } from './sensor-access.ts'

export interface NoteAccess extends Pick<SensorAccess, 'authorise' | 'requireSensor'> {
  readonly notes: Notes
}

/** `/sensors/:name/notes`: what people noted on the sensor's time axis. */
export function noteRoutes(app: App, { authorise, requireSensor, notes }: NoteAccess): void {
  const onRequest = authorise.signedIn
  const tags = ['Notes']

  app.get(
    '/sensors/:name/notes',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Notes that touch a range, ordered by their start',
        params: sensorParams,
        querystring: notesQuerySchema,
        response: { 200: noteListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { items, next } = await notes.list(await requireSensor(request), request.query)
      return { notes: [...items], next }
    },
  )

  app.post(
    '/sensors/:name/notes',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Note something on an instant or a range',
        params: sensorParams,
        body: createNoteRequestSchema,
        response: { 201: noteSchema, ...problemResponses },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await notes.create(await requireSensor(request), request.body)),
  )

  app.patch(
    '/sensors/:name/notes/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a note's text or place",
        description: 'What is absent stays. With `to` null a range becomes an instant.',
        params: noteParams,
        body: updateNoteRequestSchema,
        response: { 200: noteSchema, ...problemResponses },
      },
    },
    async (request) => notes.update(await requireSensor(request), request.params.id, request.body),
  )

  app.delete(
    '/sensors/:name/notes/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Delete a note',
        params: noteParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      await notes.delete(await requireSensor(request), request.params.id)
      return reply.status(204).send(null)
    },
  )
}
