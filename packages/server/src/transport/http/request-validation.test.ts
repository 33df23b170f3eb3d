import { SenioError } from '@senio/protocol'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { requestValidator } from './request-validation.ts'

const schema = z.strictObject({
  name: z.string(),
  count: z.coerce.number().int().min(1).optional(),
  panels: z
    .array(z.strictObject({ rows: z.number() }))
    .max(2)
    .default([]),
  size: z.enum(['thumb', 'preview']).optional(),
  tag: z.string().max(5).optional(),
  fields: z.union([z.array(z.string()), z.record(z.string(), z.string())]).optional(),
  to: z
    .number()
    .refine((to) => to > 0, 'must be later than the beginning')
    .optional(),
})
const validate = requestValidator({ schema, method: 'POST', url: '/' })

function refusalOf(data: unknown): unknown {
  const result: unknown = validate(data)
  const error = (result as { readonly error?: unknown }).error
  if (!(error instanceof SenioError)) return error
  const { code, field, message } = error
  return { code, field, message }
}

const refused = (field: string | undefined, message: string) => ({
  code: 'parameter-invalid',
  field,
  message,
})

it('gives what fits, with what is left out', () => {
  expect(validate({ name: 'a', count: '2' })).toStrictEqual({ value: { name: 'a', count: 2, panels: [] } })
})

it.each([
  [{}, 'name', '"name" is missing.'],
  [{ name: 1 }, 'name', '"name" is not valid: it must be a string.'],
  [{ name: null }, 'name', '"name" is not valid: it must be a string.'],
  [{ name: 'a', panels: {} }, 'panels', '"panels" is not valid: it must be a JSON array.'],
  [{ name: 'a', panels: [{}] }, 'panels', '"panels.0.rows" is missing.'],
  [{ name: 'a', count: 'x' }, 'count', '"count" is not valid: it must be a number.'],
  [{ name: 'a', count: 1.5 }, 'count', '"count" is not valid: it must be a whole number.'],
  [{ name: 'a', count: 0 }, 'count', '"count" is not valid: it must be at least 1.'],
  [{ name: 'a', size: 'huge' }, 'size', '"size" is not valid: it must be one of thumb, preview.'],
  [{ name: 'a', tag: 'winter' }, 'tag', '"tag" is not valid: it must have at most 5 characters.'],
  [
    { name: 'a', panels: [{ rows: 1 }, { rows: 1 }, { rows: 1 }] },
    'panels',
    '"panels" is not valid: it must have at most 2 entries.',
  ],
  [{ name: 'a', fields: 5 }, 'fields', '"fields" is not valid: it has none of the forms that it may have.'],
  [{ name: 'a', to: 0 }, 'to', '"to" is not valid: must be later than the beginning.'],
  [{ name: 'a', owner: 2 }, 'owner', '"owner" is not known here. Leave it out, or look how it is spelled.'],
  [
    { name: 'a', panels: [{ rows: 1, cols: 2 }] },
    'panels',
    '"cols" is not known here. Leave it out, or look how it is spelled.',
  ],
  [[], undefined, 'The request is not valid: it must be a JSON object.'],
])('says in plain words what does not fit: %j', (data, field, message) => {
  expect(refusalOf(data)).toStrictEqual(refused(field, message))
})
