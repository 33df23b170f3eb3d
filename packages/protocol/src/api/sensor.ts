import { z } from 'zod'
import { labelSchema } from './account.ts'
import {
  cursorParameter,
  fieldTypeSchema,
  fieldValueSchema,
  limitParameter,
  nextSchema,
  timestampSchema,
} from './common.ts'

/** A field as everywhere on the wire: keyed by its name, in the order of creation (or as reordered since). */
export const fieldSchema = z.object({ unit: z.string(), type: fieldTypeSchema }).meta({ id: 'Field' })
export type FieldJson = z.infer<typeof fieldSchema>

export const fieldsSchema = z.record(z.string(), fieldSchema)
export type FieldsJson = z.infer<typeof fieldsSchema>

/** A field's newest value. */
export const latestValueSchema = z.object({ timestamp: timestampSchema, value: fieldValueSchema })
export type LatestValueJson = z.infer<typeof latestValueSchema>

export const sensorSchema = z
  .object({
    name: z.string(),
    fields: fieldsSchema,
    created: timestampSchema,
    /** Where devices publish to. */
    publishUrl: z.string(),
  })
  .meta({ id: 'Sensor' })
export type SensorJson = z.infer<typeof sensorSchema>

/** As in a list: with each field's newest value; fields without values are absent from `latest`. */
export const listedSensorSchema = sensorSchema
  .extend({ latest: z.record(z.string(), latestValueSchema) })
  .meta({ id: 'ListedSensor' })
export type ListedSensorJson = z.infer<typeof listedSensorSchema>

/** One sensor, with the timestamps of its oldest and newest value; null while it has none. */
export const sensorDetailSchema = sensorSchema
  .extend({ first: timestampSchema.nullable(), last: timestampSchema.nullable() })
  .meta({ id: 'SensorDetail' })
export type SensorDetailJson = z.infer<typeof sensorDetailSchema>

export const sensorListQuerySchema = z.strictObject({
  /** Only names that contain this, whatever the case. */
  search: z.string().max(64).optional(),
  limit: limitParameter(1000, 100),
  cursor: cursorParameter.optional(),
})

export const sensorListSchema = z.object({ sensors: z.array(listedSensorSchema), next: nextSchema })
export type SensorListJson = z.infer<typeof sensorListSchema>

export const newFieldSchema = z.strictObject({
  name: z.string(),
  type: fieldTypeSchema,
  unit: z.string().default(''),
})
export type NewField = z.input<typeof newFieldSchema>

/** `POST /sensors`. Fields as a list, or as the object that `GET` gives. */
export const createSensorRequestSchema = z.strictObject({
  name: z.string(),
  fields: z
    .union([
      z.array(newFieldSchema),
      z
        .record(z.string(), newFieldSchema.omit({ name: true }))
        .transform((fields) => Object.entries(fields).map(([name, field]) => ({ name, ...field }))),
    ])
    .default([]),
})
export type CreateSensorRequest = { name: string; fields?: readonly NewField[] }

/** The only time that the key is shown. */
export const createdSensorSchema = sensorSchema.extend({ key: z.string() }).meta({ id: 'CreatedSensor' })
export type CreatedSensorJson = z.infer<typeof createdSensorSchema>

/** `PATCH /sensors/:name`: another name, and the order of the fields (each existing name once). */
export const updateSensorRequestSchema = z.strictObject({
  name: z.string().optional(),
  order: z.array(z.string()).optional(),
})
export type UpdateSensorRequest = z.infer<typeof updateSensorRequestSchema>

/** `PATCH /sensors/:name/fields/:field`: the type of a field can't change. */
export const updateFieldRequestSchema = z.strictObject({
  name: z.string().optional(),
  unit: z.string().optional(),
})
export type UpdateFieldRequest = z.infer<typeof updateFieldRequestSchema>

export const deviceKeySchema = z
  .object({
    id: z.number().int(),
    label: z.string(),
    created: timestampSchema,
    /** To the minute; null while it was never used. */
    lastUsed: timestampSchema.nullable(),
  })
  .meta({ id: 'DeviceKey' })
export type DeviceKeyJson = z.infer<typeof deviceKeySchema>

export const deviceKeyListSchema = z.object({ keys: z.array(deviceKeySchema), next: nextSchema })
export type DeviceKeyListJson = z.infer<typeof deviceKeyListSchema>

/** `POST /sensors/:name/keys`. */
export const createDeviceKeyRequestSchema = z.strictObject({ label: labelSchema })
export type CreateDeviceKeyRequest = z.input<typeof createDeviceKeyRequestSchema>

/** The only time that the key itself is shown. */
export const createdDeviceKeySchema = deviceKeySchema
  .extend({ key: z.string() })
  .meta({ id: 'CreatedDeviceKey' })
export type CreatedDeviceKeyJson = z.infer<typeof createdDeviceKeySchema>
