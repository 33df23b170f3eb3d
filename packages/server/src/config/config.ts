import { SenioError } from '@senio/protocol'
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
  const config = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name,
      resolveSetting(setting as Setting<unknown>, flags, environment),
    ]),
  ) as Config
  const isLent = (config.s3SessionToken ?? config.s3SessionTokenFile) !== undefined
  if (config.blobRedirect !== undefined && isLent) throw tokenInLinks()
  return config
}

function tokenInLinks(): SenioError {
  return new SenioError(
    'parameter-invalid',
    'With lent keys every link of --blob-redirect would hold their session token (--s3-session-token or AWS_SESSION_TOKEN). ' +
      'Leave out --blob-redirect, or use lasting keys.',
    { field: settings.blobRedirect.flag },
  )
}
