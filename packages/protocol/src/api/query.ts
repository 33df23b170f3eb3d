import { z } from 'zod'
import { imageMediaTypes } from '../fields/image.ts'
import {
  cursorParameter,
  fieldTypeSchema,
  fieldValueSchema,
  limitParameter,
  nextSchema,
  sha1Schema,
  tagsSchema,
  timestampParameter,
  timestampSchema,
} from './common.ts'
import { latestValueSchema } from './sensor.ts'

/** Comma-separated field names; absent = all. */
const fieldsParameter = z
  .string()
  .max(4096)
  .transform((names) => names.split(',').filter((name) => name !== ''))
  .optional()

const rangeParameters = {
  /** Absent = the oldest value. */
  from: timestampParameter.optional(),
  /** Exclusive. Absent = after the newest value. */
  to: timestampParameter.optional(),
}

/** A tag of a list, a key of an object, or `key:value`. */
export const tagParameter = z.string().min(1).max(600)

export const seriesQuerySchema = z.strictObject({
  fields: fieldsParameter,
  ...rangeParameters,
  points: limitParameter(10_000, 1000),
  /** Only values of measurements with this tag: raw ones, evenly spaced where there are more than `points`. */
  tag: tagParameter.optional(),
})

/**
 * One field's graph data. `bucket` 0: raw values, `t` and `value`. Otherwise `t` is the start of each bucket
 * that holds values, ascending, a multiple of `bucket` since the epoch, and `count` its number of values;
 * scalars and booleans (true = 1) have `min`, `mean`, `max`; other types the last `value` of each bucket.
 * A bucket that sticks out of the range summarises its values within the range only.
 */
export const fieldSeriesSchema = z
  .object({
    type: fieldTypeSchema,
    unit: z.string(),
    bucket: z.number().meta({ description: 'ms; 0 = raw values' }),
    t: z.array(z.number()),
    value: z.array(fieldValueSchema).optional(),
    min: z.array(z.number()).optional(),
    mean: z.array(z.number()).optional(),
    max: z.array(z.number()).optional(),
    count: z.array(z.number()).optional(),
    thinned: z.literal(true).optional().meta({
      description: 'with `tag`: there are more values than `points`; these are evenly spaced ones of them',
    }),
  })
  .meta({ id: 'FieldSeries' })
export type FieldSeriesJson = z.infer<typeof fieldSeriesSchema>

export const seriesSchema = z
  .object({ from: timestampSchema, to: timestampSchema, fields: z.record(z.string(), fieldSeriesSchema) })
  .meta({ id: 'Series' })
export type SeriesJson = z.infer<typeof seriesSchema>

export const instantQuerySchema = z.strictObject({
  t: timestampParameter,
  /** Only values of measurements with this tag. */
  tag: tagParameter.optional(),
})

/** The same for now. */
export const latestQuerySchema = instantQuerySchema.omit({ t: true })

/** Every field's value at or before an instant; fields without one are absent. */
export const instantSchema = z
  .object({ t: timestampSchema, fields: z.record(z.string(), latestValueSchema) })
  .meta({ id: 'Instant' })
export type InstantJson = z.infer<typeof instantSchema>

export const measurementsQuerySchema = z.strictObject({
  fields: fieldsParameter,
  ...rangeParameters,
  tag: tagParameter.optional(),
  limit: limitParameter(1000, 1000),
  cursor: cursorParameter.optional(),
})

/** `DELETE /sensors/:name/measurements`: both ends must be said. */
export const deleteMeasurementsQuerySchema = z.strictObject({
  fields: fieldsParameter,
  from: timestampParameter,
  /** Exclusive. */
  to: timestampParameter,
})

export const deletedSchema = z.object({ deleted: z.number().int() }).meta({
  id: 'Deleted',
  description: 'how many values were deleted',
})
export type DeletedJson = z.infer<typeof deletedSchema>

export const measurementSchema = z
  .object({ timestamp: timestampSchema, data: z.record(z.string(), fieldValueSchema), tags: tagsSchema })
  .meta({ id: 'Measurement' })
export type MeasurementJson = z.infer<typeof measurementSchema>

/** Oldest first. */
export const measurementListSchema = z.object({ measurements: z.array(measurementSchema), next: nextSchema })
export type MeasurementListJson = z.infer<typeof measurementListSchema>

const imagesParameters = z.strictObject({
  /** Absent = the sensor's first image field. */
  field: z.string().max(64).optional(),
  ...rangeParameters,
  /** Only those of measurements with this tag. */
  tag: tagParameter.optional(),
  limit: limitParameter(1000, 100),
  cursor: cursorParameter.optional(),
  /** That many pictures, evenly spaced in time, instead of pages. */
  count: z.coerce.number().int().min(1).max(1000).optional(),
})

/** `count` gives all of its pictures at once: there is no page that a cursor could go on from. */
export const imagesQuerySchema = imagesParameters.refine(
  ({ count, cursor }) => count === undefined || cursor === undefined,
  { path: ['cursor'], error: '`count` gives no pages, so that no cursor belongs to it' },
)

export const imageSchema = z
  .object({
    timestamp: timestampSchema,
    image: sha1Schema,
    type: z.enum(imageMediaTypes),
    /** Pixels, upright; null when the picture is too damaged to tell. */
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    /** Size of the original. */
    bytes: z.number().int(),
    damaged: z.boolean(),
  })
  .meta({ id: 'Image' })
export type ImageJson = z.infer<typeof imageSchema>

/** Oldest first. */
export const imageListSchema = z.object({ images: z.array(imageSchema), next: nextSchema })
export type ImageListJson = z.infer<typeof imageListSchema>

export const imageSizes = ['thumb', 'preview', 'original'] as const
export type ImageSize = (typeof imageSizes)[number]

export const imageQuerySchema = z.strictObject({ size: z.enum(imageSizes).default('original') })

export const tagsQuerySchema = z.strictObject({
  /** Only tags that contain this, whatever the case. */
  search: z.string().max(600).optional(),
  limit: limitParameter(1000, 100),
  /** Holds a tag: longer than other cursors. */
  cursor: z.string().min(1).max(8192).optional(),
})

/** What `tag` elsewhere finds, ordered: the tags of lists, the keys of objects and `key:value`. */
export const tagListSchema = z.object({ tags: z.array(z.string()), next: nextSchema })
export type TagListJson = z.infer<typeof tagListSchema>

/** One event of `GET /sensors/:name/live`, named `measurement`. */
export const liveEventSchema = measurementSchema
export type LiveEventJson = MeasurementJson

export const liveQuerySchema = z.strictObject({
  /** Comma-separated names. */
  sensors: z
    .string()
    .max(8192)
    .transform((names) => names.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.string()).min(1).max(100)),
})

/** One event of `GET /live`, named `measurement`. */
export interface SensorLiveEventJson extends LiveEventJson {
  /** Its name when the stream was opened. */
  readonly sensor: string
}
