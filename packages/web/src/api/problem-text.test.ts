import { ProblemError } from '@senio/client'
import { afterEach, describe, expect, it } from 'vitest'
import { german } from '../i18n/german.ts'
import { shownLanguage } from '../i18n/language.ts'
import { problemText } from './problem-text.ts'

const english = shownLanguage.get()

describe('problemText', () => {
  afterEach(() => shownLanguage.set(english))

  it("has the server's own words in English", () => {
    expect(problemText(problem('name-taken'))).toBe('What the server says.')
  })

  it('has words by the code in German', () => {
    shownLanguage.set({ language: 'de', translated: german, locale: 'de' })
    expect(problemText(problem('name-taken'))).toBe('Diesen Namen gibt es schon. Wählen Sie einen anderen.')
    expect(problemText(problem('parameter-invalid'))).toContain('What the server says.')
  })

  it("falls back to the server's words where German has none", () => {
    shownLanguage.set({ language: 'de', translated: german, locale: 'de' })
    expect(problemText(problem('timestamp-in-seconds'))).toBe('What the server says.')
  })
})

function problem(code: ProblemError['code']): ProblemError {
  return new ProblemError({ code, status: 400, detail: 'What the server says.' })
}
