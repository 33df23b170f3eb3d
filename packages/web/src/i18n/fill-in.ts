import type { Message } from './message.ts'

type Parameters = Readonly<Record<string, string | number>>

const plurals = new Map<string, Intl.PluralRules>()

/**
 * A message with its parameters put in; `{count}` chooses the plural form.
 * @param language whose plural rules hold
 * @param locale how numbers are written; undefined: the browser's way
 */
export function fillIn(
  message: Message,
  parameters: Parameters = {},
  language: string,
  locale: string | undefined,
): string {
  const form = typeof message === 'string' ? message : message[formOf(Number(parameters['count']), language)]
  return form.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name]
    return typeof value === 'number' ? value.toLocaleString(locale) : (value ?? placeholder)
  })
}

function formOf(count: number, language: string): 'one' | 'other' {
  let rules = plurals.get(language)
  if (rules === undefined) plurals.set(language, (rules = new Intl.PluralRules(language)))
  return rules.select(count) === 'one' ? 'one' : 'other'
}
