import { z } from 'zod'
import { fieldValueSchema, tagsSchema, timestampSchema } from './common.ts'
import { fieldsSchema } from './sensor.ts'

/** `GET /publish/<sensor name>`. */
export const publishCheckSchema = z
  .object({ name: z.string(), fields: fieldsSchema })
  .meta({ id: 'PublishCheck' })
export type PublishCheckJson = z.infer<typeof publishCheckSchema>

/** The body of `POST /publish/<sensor name>`; `timestamp` may be absent with `?clock=server`. */
export const publishRequestSchema = z
  .object({
    timestamp: timestampSchema.optional(),
    data: z.record(z.string(), fieldValueSchema),
    tags: tagsSchema.optional(),
  })
  .meta({ id: 'PublishRequest' })
export type PublishRequest = z.infer<typeof publishRequestSchema>

export const publishedSchema = z
  .object({ timestamp: timestampSchema, data: z.record(z.string(), fieldValueSchema), tags: tagsSchema })
  .meta({ id: 'Published' })
export type PublishedJson = z.infer<typeof publishedSchema>

export const acceptedSchema = z.object({ accepted: z.number().int() }).meta({ id: 'Accepted' })
export type AcceptedJson = z.infer<typeof acceptedSchema>
