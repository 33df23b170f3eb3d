import type { z } from 'zod'
import { resolveSetting, type Setting } from './setting.ts'
import { type SettingName, settings } from './settings.ts'

/** The value of every setting of `senio serve`. */
export type Config = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> }

/**
 * Flags (as commander gives them, camelCase) before environment before defaults.
 * @throws SenioError `parameter-invalid`
 */
export function loadConfig(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name,
      resolveSetting(setting as Setting<unknown>, flags, environment),
    ]),
  ) as Config
}
