import { z } from 'zod'
import { type Setting, optionName, resolveSetting } from '../config/setting.ts'
import { settings } from '../config/settings.ts'
import type { OptionsOf, Settings } from './command.ts'

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on'])

/** An option that is given or not. */
export function switchOption(flag: string, help: string): Setting<boolean> {
  const schema = z
    .string()
    .optional()
    .transform((text) => TRUE_WORDS.has((text ?? '').toLowerCase()))
  return { flag, placeholder: null, help, fallback: null, schema }
}

/** An option with a text; undefined when it isn't given. */
export function textOption(flag: string, placeholder: string, help: string): Setting<string | undefined> {
  return { flag, placeholder, help, fallback: null, schema: z.string().optional() }
}

/** An option that a command can't do without. */
export function requiredOption(flag: string, placeholder: string, help: string): Setting<string> {
  return { flag, placeholder, help, fallback: null, schema: z.string('is missing').min(1, 'is empty') }
}

/** A whole number from `min` to `max`. */
export function wholeOption(
  flag: string,
  placeholder: string,
  fallback: number,
  [min, max]: readonly [number, number],
  help: string,
): Setting<number> {
  const schema = z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is not from ${min} to ${max}`)
  return { flag, placeholder, help, fallback: String(fallback), schema }
}

/** An option that may be repeated; in the environment one a line. */
export interface ListSetting extends Setting<readonly string[]> {
  readonly repeatable: true
}

export function listOption(flag: string, placeholder: string, help: string): ListSetting {
  const schema = z
    .string()
    .optional()
    .transform((text) => (text ?? '').split('\n').filter((line) => line !== ''))
  return { flag, placeholder, help, fallback: null, schema, repeatable: true }
}

export function isRepeatable(setting: Setting<unknown>): setting is ListSetting {
  return 'repeatable' in setting
}

/** The data directory that a command works on. */
export const dataDirOption = settings.dataDir

export const jsonOption = switchOption('json', 'print one JSON document instead of text')

export const yesOption = switchOption('yes', 'do it without asking')

/**
 * Every option's value from what commander parsed.
 * @throws SenioError `parameter-invalid`
 */
export function resolveOptions<Options extends Settings>(
  options: Options,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): OptionsOf<Options> {
  const entries = Object.entries(options).map(([name, setting]) => {
    const given = flags[optionName(setting.flag)]
    const text = Array.isArray(given) ? given.join('\n') : given
    return [name, resolveSetting(setting, { [optionName(setting.flag)]: text }, environment)]
  })
  return Object.fromEntries(entries) as OptionsOf<Options>
}
