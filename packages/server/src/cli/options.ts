import { SenioError } from '@senio/protocol'
import { z } from 'zod'
import {
  environmentName,
  inEnvironment,
  type Setting,
  optionName,
  resolveSetting,
} from '../config/setting.ts'
import { readSecretFiles } from '../config/secret-files.ts'
import { settings, storageSettings } from '../config/settings.ts'
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

/** An option whose environment variable is not named after its flag. */
interface NamedSetting extends Setting<unknown> {
  readonly variable: string
}

/** Lets an option be read from another environment variable than its flag would give. */
export function fromVariable<Option extends Setting<unknown>>(
  variable: string,
  option: Option,
): Option & NamedSetting {
  return { ...option, variable }
}

/** The environment variable of an option. */
export function variableOf(setting: Setting<unknown>): string {
  return 'variable' in setting ? String(setting.variable) : environmentName(setting.flag)
}

/** The installation that a command works on: named as for `senio serve`, so that what works for one works for all. */
export const storageOptions = {
  dataDir: listed(settings.dataDir),
  databaseUrl: listed(storageSettings.databaseUrl),
  blobUrl: listed(storageSettings.blobUrl),
  s3AccessKey: unlisted(storageSettings.s3AccessKey),
  s3SecretKey: unlisted(storageSettings.s3SecretKey),
  s3SecretKeyFile: unlisted(storageSettings.s3SecretKeyFile),
  s3SessionToken: unlisted(storageSettings.s3SessionToken),
  s3SessionTokenFile: unlisted(storageSettings.s3SessionTokenFile),
  databaseUrlFile: unlisted(storageSettings.databaseUrlFile),
  databaseReplicaUrl: unlisted(storageSettings.databaseReplicaUrl),
  databaseReplicaUrlFile: unlisted(storageSettings.databaseReplicaUrlFile),
  databaseConnections: unlisted(storageSettings.databaseConnections),
  databaseTimeout: unlisted(storageSettings.databaseTimeout),
  databaseLockTimeout: unlisted(storageSettings.databaseLockTimeout),
  databaseConnectTimeout: unlisted(storageSettings.databaseConnectTimeout),
} as const

/** Where to read about options that a help leaves out. */
export const UNLISTED_OPTIONS =
  'The keys of the bucket (--s3-…) and the rest about the database (--database-…): as "senio help serve" says.'

function listed<Option extends Setting<unknown>>(option: Option) {
  return { ...option, group: 'The installation, as "senio serve" has it:' } as const
}

function unlisted<Option extends Setting<unknown>>(option: Option) {
  return { ...option, isUnlisted: true } as const
}

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
    const variable = variableOf(setting)
    requireValue(setting, text ?? inEnvironment(setting, environment, variable)?.text)
    return [name, resolveSetting(setting, { [optionName(setting.flag)]: text }, environment, variable)]
  })
  return readSecretFiles(options, Object.fromEntries(entries), flags) as OptionsOf<Options>
}

function requireValue(setting: Setting<unknown>, given: unknown): void {
  if (given !== undefined && given !== '') return
  if (setting.fallback !== null || setting.schema.safeParse(undefined).success) return
  throw new SenioError(
    'parameter-invalid',
    `--${setting.flag} is missing: ${setting.help}. It can be set as ${variableOf(setting)} as well.`,
    { field: setting.flag },
  )
}
