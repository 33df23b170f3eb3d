import { describe, expect, it } from 'vitest'
import { localeFor, preferredLanguage } from './language.ts'

describe('the language that is shown', () => {
  it('is the first of the reader that we have', () => {
    expect(preferredLanguage(['fr-FR', 'de-CH', 'en'])).toBe('de')
    expect(preferredLanguage(['EN-us', 'de'])).toBe('en')
  })

  it('is English for everybody else', () => {
    expect(preferredLanguage(['fr'])).toBe('en')
    expect(preferredLanguage([])).toBe('en')
  })
})

describe('the locale of dates and numbers', () => {
  it("is the reader's own variant of the language", () => {
    expect(localeFor('de', false, ['fr', 'de-AT', 'de'])).toBe('de-AT')
  })

  it("is the browser's for readers whose language we lack", () => {
    expect(localeFor('en', false, ['fr-FR'])).toBeUndefined()
  })

  it.each(['en-US@posix', 'en_US', 'en-'])(
    'is the language where the browser has %s, which is none',
    (tag) => {
      expect(localeFor('en', false, [tag])).toBe('en')
      expect(localeFor('en', false, [tag, 'en-GB'])).toBe('en-GB')
      expect(localeFor('en', true, [tag])).toBe('en')
    },
  )

  it('follows a language that was chosen here', () => {
    expect(localeFor('de', true, ['en-US'])).toBe('de')
  })
})
