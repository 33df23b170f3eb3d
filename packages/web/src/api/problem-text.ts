import { ProblemError } from '@senio/client'
import { shownLanguage } from '../i18n/language.ts'
import { text } from './texts.ts'

/** What went wrong and what to do, in words for people; the server's own words where we have none in their language. */
export function problemText(error: unknown): string {
  if (!(error instanceof ProblemError)) return text('unexpected')
  const translated = shownLanguage.get().translated?.problems[error.code]
  return translated?.replace('{detail}', () => error.detail) ?? error.detail
}
