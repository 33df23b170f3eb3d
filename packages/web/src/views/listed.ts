import { readerLocale } from '../i18n/language.ts'

/** "a, b and c", as the reader's language says it. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(readerLocale(), { type: 'conjunction' }).format(names)
}
