import { readFile } from 'node:fs/promises'
import { SenioError } from '@senio/protocol'
import type { Config } from './config/config.ts'
import { environmentName } from './config/setting.ts'
import { settings } from './config/settings.ts'
import type { Accounts } from './domain/accounts/accounts.ts'

export type AdministratorConfig = Pick<Config, 'adminEmail' | 'adminPassword' | 'adminPasswordFile'>

/**
 * Creates the account that the settings name, as long as there is none at all.
 * @throws SenioError `parameter-invalid`, naming the setting
 */
export async function createAdministrator(
  accounts: Pick<Accounts, 'exist' | 'createFirst'>,
  { adminEmail, adminPassword, adminPasswordFile }: AdministratorConfig,
): Promise<void> {
  if (await accounts.exist()) return
  if (adminEmail === undefined) {
    if (adminPassword === undefined && adminPasswordFile === undefined) return
    throw new SenioError(
      'parameter-invalid',
      'A password for the first account is set, but not SENIO_ADMIN_EMAIL (or --admin-email): say whose it is, or leave it out.',
      { field: settings.adminEmail.flag },
    )
  }
  const password = adminPasswordFile === undefined ? adminPassword : await readPassword(adminPasswordFile)
  if (password === undefined) {
    throw new SenioError(
      'parameter-invalid',
      'SENIO_ADMIN_EMAIL is set, but neither SENIO_ADMIN_PASSWORD nor SENIO_ADMIN_PASSWORD_FILE.',
      { field: 'admin-password' },
    )
  }
  const flags = {
    email: settings.adminEmail.flag,
    password: (adminPasswordFile === undefined ? settings.adminPassword : settings.adminPasswordFile).flag,
  }
  try {
    await accounts.createFirst({ email: adminEmail, password })
  } catch (error) {
    // Another node that started at the same time was first.
    if (!(await accounts.exist())) throw asSettingToMend(error, flags)
  }
}

/** @param flags of the settings that hold what an account is made of */
function asSettingToMend(error: unknown, flags: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof SenioError) || error.field === undefined) return error
  const flag = flags[error.field]
  if (flag === undefined) return error
  const detail = `${environmentName(flag)} (or --${flag}): ${error.message}`
  return new SenioError(error.code, detail, { field: flag, cause: error })
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
  } catch (cause) {
    throw new SenioError('parameter-invalid', `The password file ${file} can't be read.`, {
      field: 'admin-password-file',
      cause,
    })
  }
}
