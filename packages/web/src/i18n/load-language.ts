import { createStored } from '../timeline/stored.ts'
import { isLanguage, isTag, type Language, localeFor, preferredLanguage, shownLanguage } from './language.ts'

/** What this browser's reader chose; null: the browser's setting decides. */
export const chosenLanguage = createStored<Language | null>(
  'senio.language',
  (text) => (isLanguage(text) ? text : null),
  (language) => language,
)

/** Shows the chosen language, or the browser's. Resolves when its texts are there: render after that. */
export async function openLanguage(): Promise<void> {
  const chosen = chosenLanguage.get()
  const wanted = navigator.languages
  const language = chosen ?? preferredLanguage(wanted)
  // The graphs' library writes numbers in the browser's language, too, as soon as it is loaded.
  if (!isTag(navigator.language))
    Object.defineProperty(navigator, 'language', { value: language, configurable: true })
  const translated = language === 'en' ? null : (await import('./german.ts')).german
  // A later choice was quicker.
  if (chosenLanguage.get() !== chosen) return
  document.documentElement.lang = language
  shownLanguage.set({ language, translated, locale: localeFor(language, chosen !== null, wanted) })
}

/** Shows another language from now on, in this browser. */
export async function chooseLanguage(language: Language | null): Promise<void> {
  chosenLanguage.set(language)
  await openLanguage()
}
