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
    return refusal(
      `"${unknown}" is not known here. Leave it out, or look how it is spelled.`,
      outermost ?? unknown,
    )
  }
  const name = issue.path.join('.')
  if (issue.code === 'invalid_type') {
    if (name === '') return refusal(`The request is not valid: it must be a JSON ${issue.expected}.`)
    return issue.input === undefined
      ? refusal(`"${name}" is missing.`, outermost)
      : refusal(`"${name}" is not valid: it must be ${withArticle(issue.expected)}.`, outermost)
  }
  const subject = name === '' ? 'The request' : `"${name}"`
  return refusal(`${subject} is not valid: ${issue.message}.`, outermost)
}

/** @param field of the body, or the parameter */
function refusal(detail: string, field?: PropertyKey): SenioError {
  return new SenioError('parameter-invalid', detail, field === undefined ? {} : { field: String(field) })
}

function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}
