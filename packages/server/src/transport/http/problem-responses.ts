import { problemSchema } from '@senio/protocol/api'
import { z } from 'zod'

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** What a route may answer instead, for its description: every refusal has the same form. */
export const problemResponses = {
  '4xx': problem('Refused: `code` says why, `detail` what to do'),
  '5xx': problem('Not possible at the moment, or a bug: `code` says which'),
}

/** The answer to a deletion: 204 without a body. */
export const noContent = z.null().meta({ description: 'Done; no content' })
