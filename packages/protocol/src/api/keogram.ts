import { z } from 'zod'
import { keogramColumns } from '../keogram.ts'
import { timestampParameter } from './common.ts'
import { tagParameter } from './query.ts'

const columnParameter = z.enum(keogramColumns).default('middle').meta({
  description: "what of a picture becomes its column: the picture's middle column, or the mean of all",
})

/** `GET /sensors/:name/keogram`: the range in `width` equal slots, a column each. */
export const keogramQuerySchema = z.strictObject({
  /** Absent = the sensor's first image field. */
  field: z.string().max(64).optional(),
  /** Absent = the oldest picture. */
  from: timestampParameter.optional(),
  /** Exclusive. Absent = after the newest picture. */
  to: timestampParameter.optional(),
  /** Pixels. */
  width: z.coerce.number().int().min(1).max(2048).default(1024),
  /** Pixels. */
  height: z.coerce.number().int().min(1).max(320).default(160),
  column: columnParameter,
  /** Only pictures of measurements with this tag. */
  tag: tagParameter.optional(),
})

export const keogramTileQuerySchema = z.strictObject({
  column: columnParameter,
  /** Only pictures of measurements with this tag. */
  tag: tagParameter.optional(),
})
