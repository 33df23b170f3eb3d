import { createSignal } from '../timeline/signal.ts'
import type { Area } from './areas.ts'
import type { Catalog } from './message.ts'

/** The languages of the interface, each in its own words. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const

export type Language = keyof typeof languageNames

/** Every text in one language; null for English, which is in the code that shows it. */
export type Translated =
  | (Readonly<Record<Area, Catalog>> & {
      /** By the code of the problem; absent: the server's own words. */
      readonly problems: Readonly<Record<string, string>>
    })
  | null

interface Shown {
  readonly language: Language
  readonly translated: Translated
  /** BCP 47, for dates and numbers; undefined: as the browser does. */
  readonly locale: string | undefined
}

/** The language that is shown, with its texts. Changes as a whole, never to a language whose texts aren't there yet. */
export const shownLanguage = createSignal<Shown>({ language: 'en', translated: null, locale: undefined })

/**
 * What dates and numbers are written by: how the reader's browser does in the language that is shown, for example
 * de-AT. Undefined: the browser's own way.
 */
export function readerLocale(): string | undefined {
  return shownLanguage.get().locale
}

/** The first of the reader's languages that we have; English otherwise. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map(languageOf).find(isLanguage) ?? 'en'
}

/**
 * The reader's own variant of a language (de-AT rather than de).
 * @param chosen whether the reader chose the language here: then dates follow it even if the browser knows it not
 * @param wanted the reader's languages as the browser has them, the dearest first
 */
export function localeFor(
  language: Language,
  chosen: boolean,
  wanted: readonly string[],
): string | undefined {
  const variant = wanted.find((tag) => languageOf(tag) === language && isTag(tag))
  return variant ?? (chosen || !wanted.every(isTag) ? language : undefined)
}

export function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(languageNames, text)
}

/** Chromium without a locale, as in a kiosk, has the language "en-US@posix", and writes neither dates nor numbers in it. */
export function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

function languageOf(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? ''
}
