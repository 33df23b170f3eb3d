import { readFileSync } from 'node:fs'
import { SenioError } from '@senio/protocol'
import { optionName, type Setting } from './setting.ts'

/**
 * Puts what files hold in the place of the settings that they hold the value of. A value that is given as a flag wins
 * over a file that the environment names.
 * @param values by the name of the setting
 * @throws SenioError `parameter-invalid`; it repeats nothing of a file
 */
export function readSecretFiles(
  settings: Readonly<Record<string, Setting<unknown>>>,
  values: Readonly<Record<string, unknown>>,
  flags: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const held = Object.entries(settings).flatMap(([name, { flag, holds }]) => {
    const file = values[name]
    const setting = holds === undefined ? undefined : settings[holds]
    if (holds === undefined || setting === undefined || typeof file !== 'string') return []
    const isOverruled = flags[optionName(setting.flag)] !== undefined && flags[optionName(flag)] === undefined
    return isOverruled ? [] : [[holds, valueIn(file, flag, setting)]]
  })
  return { ...values, ...Object.fromEntries(held) }
}

function valueIn(file: string, flag: string, { schema, help }: Setting<unknown>): unknown {
  const result = schema.safeParse(readText(file, flag))
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'is not valid'
  throw new SenioError('parameter-invalid', `--${flag}: what ${file} holds ${reason}. ${help}`, {
    field: flag,
  })
}

function readText(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new SenioError('parameter-invalid', `--${flag}: the file ${file} can't be read.`, {
      field: flag,
      cause,
    })
  }
}
