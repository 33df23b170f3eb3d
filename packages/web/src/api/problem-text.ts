import { ProblemError } from '@senio/client'

/** What went wrong and what to do, in words for people. */
export function problemText(error: unknown): string {
  if (error instanceof ProblemError) return error.detail
  return 'Something unexpected happened in this page. Reload it and try again.'
}
