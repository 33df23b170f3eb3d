import { Section } from '../design/section.tsx'
import { Segmented } from '../design/segmented.tsx'
import { isLanguage, type Language, languageNames } from '../i18n/language.ts'
import { chooseLanguage, chosenLanguage } from '../i18n/load-language.ts'
import { useSignal } from '../timeline/use-signal.ts'
import { text } from './texts.ts'

/** The languages under their own names: whoever can't read the page finds theirs. */
export function LanguageSettings() {
  const chosen = useSignal(chosenLanguage)

  async function choose(value: Language | 'browser'): Promise<void> {
    await chooseLanguage(isLanguage(value) ? value : null)
    // Everything is drawn anew, this choice, too: whoever uses the keyboard goes on where they were.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[data-language-settings] :checked')?.focus(),
    )
  }

  return (
    <Section title={text('language')} lead={text('keptHere')}>
      <div data-language-settings="">
        <Segmented
          label={text('language')}
          options={[
            { value: 'browser', label: text('asBrowser') },
            { value: 'en', label: languageNames.en },
            { value: 'de', label: languageNames.de },
          ]}
          value={chosen ?? 'browser'}
          onChange={(value) => void choose(value)}
        />
      </div>
    </Section>
  )
}
