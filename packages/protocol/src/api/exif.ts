import { z } from 'zod'
import { fieldValueSchemas } from './common.ts'

/** Longest text of a picture's facts, in UTF-16 units; longer ones are cut. */
export const MAX_EXIF_TEXT = 200

const text = z.string().min(1).max(MAX_EXIF_TEXT)
const positive = z.number().positive()

/** What a camera wrote into a picture (EXIF). What it didn't say, or what makes no sense, is absent. For display only. */
export const exifSchema = z
  .object({
    /** Maker and model. */
    camera: text.optional(),
    lens: text.optional(),
    software: text.optional(),
    description: text.optional(),
    taken: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?([+-]\d\d:\d\d)?$/)
      .optional()
      .meta({ description: "ISO 8601 by the camera's clock; without an offset its zone is not known" }),
    exposure: positive.optional().meta({ description: 'seconds' }),
    aperture: positive.optional().meta({ description: 'the f-number' }),
    iso: positive.optional(),
    bias: z.number().optional().meta({ description: 'exposure compensation in EV' }),
    focalLength: positive.optional().meta({ description: 'millimetres' }),
    focalLength35: positive
      .optional()
      .meta({ description: 'millimetres, of a lens with the same angle of view on 35 mm film' }),
    flash: z.boolean().optional().meta({ description: 'whether it fired' }),
    location: fieldValueSchemas.location.optional(),
  })
  .meta({ id: 'Exif' })
export type ExifJson = z.infer<typeof exifSchema>
