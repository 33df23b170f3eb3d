import { z } from 'zod'
import { errorCodes } from '../errors/registry.ts'
import { type FieldTypeName, fieldTypeNames } from '../fields/field-type-names.ts'

/** Milliseconds since the Unix epoch; fractions are exact. */
export const timestampSchema = z.number().meta({ description: 'milliseconds since the Unix epoch' })

const DECIMAL = /^[+-]?\d{1,20}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?$/i

/** A timestamp in a query string: a decimal number. JavaScript would take blanks for 0 and `0x10` for 16. */
export const timestampParameter = z.coerce
  .string()
  .refine(isTimestamp, 'must be a number of milliseconds since the Unix epoch')
  .transform(Number)
  .meta({ type: 'number', description: 'milliseconds since the Unix epoch' })

function isTimestamp(text: string): boolean {
  return DECIMAL.test(text) && Number.isFinite(Number(text))
}

/** Opaque: give back what `next` said. */
export const cursorParameter = z.string().min(1).max(512)

/** `next` of a list: null on the last page. */
export const nextSchema = z.string().nullable()

export function limitParameter(max: number, fallback: number) {
  return z.coerce.number().int().min(1).max(max).default(fallback)
}

export const fieldTypeSchema = z.enum(fieldTypeNames)

export const sha1Schema = z.string().regex(/^[0-9a-f]{40}$/)

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(errorCodes as [string, ...string[]]),
    field: z.string().optional(),
    index: z.number().int().optional(),
  })
  .meta({ id: 'Problem' })

/** Every field type's values on the wire. */
export const fieldValueSchemas = {
  scalar: z.number(),
  boolean: z.boolean(),
  image: sha1Schema,
  location: z
    .object({
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-180).max(180),
      alt: z.number().optional(),
      accuracy: z.number().min(0).optional(),
    })
    .meta({ id: 'Location' }),
} satisfies Record<FieldTypeName, z.ZodType>

/** A value of any field type. */
export const fieldValueSchema = z
  .union(Object.values(fieldValueSchemas))
  .meta({ id: 'FieldValue', description: "A scalar's number, a boolean, an image's SHA-1, or a location" })

export const tagsSchema = z
  .union([
    z.null(),
    z.array(z.string()),
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  ])
  .meta({ id: 'Tags' })
