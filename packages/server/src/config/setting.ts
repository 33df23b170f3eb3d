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
  /** Further environment variables that count where its own is absent: names that other programs made usual. */
  readonly alternatives?: readonly string[]
  /** Its value is shown nowhere. */
  readonly isSecret?: true
  /** Its value is a file that holds the value of the setting of this name. */
  readonly holds?: string
  /** The heading under which a command's help lists it. */
  readonly group?: string
  /** Works, and is left out of a command's help, which says where to read about it. */
  readonly isUnlisted?: true
}

/** `data-dir` → `SENIO_DATA_DIR`. */
export function environmentName(flag: string): string {
  return `SENIO_${flag.toUpperCase().replaceAll('-', '_')}`
}

/** `data-dir` → `dataDir`, the name under which commander gives a flag. */
export function optionName(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The first variable that holds something, of the setting's own and its alternatives; null when none does. */
export function inEnvironment(
  { flag, alternatives = [] }: Pick<Setting<unknown>, 'flag' | 'alternatives'>,
  environment: Readonly<Record<string, string | undefined>>,
  own = environmentName(flag),
): { readonly variable: string; readonly text: string } | null {
  for (const variable of [own, ...alternatives]) {
    const text = environment[variable]
    if (text !== undefined && text !== '') return { variable, text }
  }
  return null
}

/**
 * A setting's value: flag before environment before default.
 * @param own its environment variable, where that isn't named after its flag
 * @throws SenioError `parameter-invalid`, naming where the bad value came from
 */
export function resolveSetting<Value>(
  setting: Setting<Value>,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  own = environmentName(setting.flag),
): Value {
  const flag = flags[optionName(setting.flag)]
  const found = inEnvironment(setting, environment, own)
  const [source, text] =
    flag !== undefined
      ? [`--${setting.flag}`, textOf(flag)]
      : found !== null
        ? [found.variable, found.text]
        : ['default', setting.fallback ?? undefined]
  const result = setting.schema.safeParse(text)
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'not valid'
  const shown = setting.isSecret === true ? 'what it holds' : `"${text ?? ''}"`
  throw new SenioError('parameter-invalid', `${source}: ${shown} ${reason}. ${setting.help}`, {
    field: setting.flag,
  })
}

/** Commander gives texts, true for a switch, and tests give numbers. */
function textOf(flag: unknown): string {
  return typeof flag === 'string' ? flag : JSON.stringify(flag)
}
