import { labelSchema } from '@senio/protocol/api'
import { z } from 'zod'
import type { Setting } from '../config/setting.ts'

/** What a key or token is for, as its owner calls it. */
export const labelOption: Setting<string> = {
  flag: 'label',
  placeholder: 'TEXT',
  help: 'what it is for, at most 64 characters',
  fallback: null,
  schema: z
    .string()
    .optional()
    .refine((text) => labelSchema.safeParse(text).success, 'has more than 64 characters')
    .transform((text) => labelSchema.parse(text)),
}
