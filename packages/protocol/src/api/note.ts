import { z } from 'zod'
import { cursorParameter, limitParameter, nextSchema, timestampParameter, timestampSchema } from './common.ts'

/** The last instant that a JavaScript date knows. */
const LAST_INSTANT = 8.64e15

/** What somebody noted on an instant (`to` is null) or a range of a sensor. */
export const noteSchema = z
  .object({
    id: z.number().int(),
    text: z.string(),
    from: timestampSchema,
    /** Exclusive; null for a note on the instant `from`. */
    to: timestampSchema.nullable(),
    created: timestampSchema,
    changed: timestampSchema,
  })
  .meta({ id: 'Note' })
export type NoteJson = z.infer<typeof noteSchema>

/** Ordered by `from`. */
export const noteListSchema = z.object({ notes: z.array(noteSchema), next: nextSchema })
export type NoteListJson = z.infer<typeof noteListSchema>

/** Those that touch the range. */
export const notesQuerySchema = z.strictObject({
  from: timestampParameter.optional(),
  /** Exclusive. */
  to: timestampParameter.optional(),
  limit: limitParameter(1000, 1000),
  cursor: cursorParameter.optional(),
})

const instantSchema = z.number().min(0).max(LAST_INSTANT)

/** `POST /sensors/:name/notes`. */
export const createNoteRequestSchema = z.strictObject({
  text: z.string(),
  from: instantSchema,
  to: instantSchema.nullable().default(null),
})
export type CreateNoteRequest = z.input<typeof createNoteRequestSchema>

/** `PATCH /sensors/:name/notes/:id`: what is absent stays. */
export const updateNoteRequestSchema = z.strictObject({
  text: z.string().optional(),
  from: instantSchema.optional(),
  to: instantSchema.nullable().optional(),
})
export type UpdateNoteRequest = z.input<typeof updateNoteRequestSchema>
