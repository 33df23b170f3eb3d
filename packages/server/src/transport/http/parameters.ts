import { z } from 'zod'

/** An id in a path. No id is 0: whatever isn't an id names nothing, and is answered so. */
const idParameter = z
  .string()
  .transform((text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0))
  .meta({ description: 'an id as lists give it' })

export const idParams = z.object({ id: idParameter })

export const sensorParams = z.object({ name: z.string().meta({ description: 'name of the sensor' }) })

export const fieldParams = sensorParams.extend({
  field: z.string().meta({ description: 'name of the field' }),
})

export const noteParams = sensorParams.extend({ id: idParameter })

export const keyParams = sensorParams.extend({ id: idParameter })
