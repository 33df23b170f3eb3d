import type { Area } from './areas.ts'
import { fillIn } from './fill-in.ts'
import { readerLocale, shownLanguage } from './language.ts'
import type { Arguments, Catalog } from './message.ts'

/** Says a message of one area in the language that is shown. */
export interface Say<English extends Catalog> {
  <Key extends keyof English & string>(key: Key, ...parameters: Arguments<English[Key]>): string
  readonly area: Area
  readonly english: English
}

/**
 * The texts of an area, in English; their German is in `texts.de.ts` beside it. Call it while rendering, not at import:
 * the language may change.
 * @example const text = defineTexts('viewer', { close: 'Close', found: { one: '{count} picture', other: '{count} pictures' } })
 * text('found', { count: 2 }) // "2 pictures"
 */
export function defineTexts<const English extends Catalog>(area: Area, english: English): Say<English> {
  function say(key: string, parameters?: Readonly<Record<string, string | number>>): string {
    const { language, translated } = shownLanguage.get()
    const message = translated?.[area][key] ?? english[key]
    return message === undefined ? key : fillIn(message, parameters, language, readerLocale())
  }
  return Object.assign(say, { area, english })
}
