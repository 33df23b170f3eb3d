import { SenioError } from '@senio/protocol'
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'

/** Holds parts of requests against their schemas. What doesn't fit is `parameter-invalid`, in words for people. */
export const requestValidator: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const result = schema.safeParse(data, { reportInput: true })
    const [issue] = result.error?.issues ?? []
    return issue === undefined ? { value: result.data } : { error: refusalOf(issue) }
  }

function refusalOf(issue: z.core.$ZodIssue): SenioError {
  const [outermost] = issue.path
  if (issue.code === 'unrecognized_keys') {
    const [unknown = ''] = issue.keys
    const detail = `"${unknown}" is not known here. Leave it out, or look how it is spelled.`
    return refusal(detail, outermost ?? unknown)
  }
  const name = issue.path.join('.')
  if (name === '') return refusal(`The request is not valid: ${requirementOf(issue)}.`)
  if (issue.input === undefined) return refusal(`"${name}" is missing.`, outermost)
  return refusal(`"${name}" is not valid: ${requirementOf(issue)}.`, outermost)
}

/** @param field of the body, or the parameter */
function refusal(detail: string, field?: PropertyKey): SenioError {
  return new SenioError('parameter-invalid', detail, field === undefined ? {} : { field: String(field) })
}

/** As the end of a sentence. What schemas say themselves is for people already. */
function requirementOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `it must be ${TYPES[issue.expected] ?? `a JSON ${issue.expected}`}`
    case 'invalid_value':
      return `it must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return sized(issue.origin, `at least ${issue.minimum}`)
    case 'too_big':
      return sized(issue.origin, `at most ${issue.maximum}`)
    case 'invalid_union':
      return 'it has none of the forms that it may have'
    default:
      return issue.message
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a JSON array',
}

function sized(origin: string, size: string): string {
  const unit = UNITS[origin]
  return unit === undefined ? `it must be ${size}` : `it must have ${size} ${unit}`
}

const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' }
