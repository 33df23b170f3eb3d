import { SenioError } from '@senio/protocol'
import type { z } from 'zod'

/** One option of the program: a flag, an environment variable and a default, with its meaning. */
export interface Setting<Value> {
  /** Without dashes, for example `data-dir`; the environment variable follows from it: `SENIO_DATA_DIR`. */
  readonly flag: string
  /** For help: what stands after the flag, for example `BYTES`; null for a switch. */
  readonly placeholder: string | null
  /** Meaning and unit, one line. */
  readonly help: string
  /** As text, the way a user would write it; null when there is none. */
  readonly fallback: string | null
  /** From text to the value. */
  readonly schema: z.ZodType<Value, string> | z.ZodType<Value, string | undefined>
}

/** `data-dir` → `SENIO_DATA_DIR`. */
export function environmentName(flag: string): string {
  return `SENIO_${flag.toUpperCase().replaceAll('-', '_')}`
}

/** `data-dir` → `dataDir`, the name under which commander gives a flag. */
export function optionName(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/**
 * A setting's value: flag before environment before default.
 * @throws SenioError `parameter-invalid`, naming where the bad value came from
 */
export function resolveSetting<Value>(
  setting: Setting<Value>,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Value {
  const flag = flags[optionName(setting.flag)]
  const variable = environmentName(setting.flag)
  const fromEnvironment = environment[variable]
  const [source, text] =
    flag !== undefined
      ? [`--${setting.flag}`, textOf(flag)]
      : fromEnvironment !== undefined && fromEnvironment !== ''
        ? [variable, fromEnvironment]
        : ['default', setting.fallback ?? undefined]
  const result = setting.schema.safeParse(text)
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'not valid'
  throw new SenioError('parameter-invalid', `${source}: "${text ?? ''}" ${reason}. ${setting.help}`, {
    field: setting.flag,
  })
}

/** Commander gives texts, true for a switch, and tests give numbers. */
function textOf(flag: unknown): string {
  return typeof flag === 'string' ? flag : JSON.stringify(flag)
}
