import type { z } from 'zod'
import type { Setting } from '../config/setting.ts'
import type { CliIo } from './io.ts'

export type Settings = Readonly<Record<string, Setting<unknown>>>

/** The values of a command's options. */
export type OptionsOf<Options extends Settings> = {
  readonly [Name in keyof Options]: z.output<Options[Name]['schema']>
}

export interface CommandContext<Options extends Settings> {
  readonly io: CliIo
  /** Flag before environment before default, checked. */
  readonly options: OptionsOf<Options>
  readonly args: readonly string[]
  /** Whether the result is printed as JSON: then progress is not for people. */
  readonly json: boolean
}

/** What a command found or did. */
export interface CommandResult {
  /** For `--json`: one document. */
  readonly json: unknown
  /** For people: plain text without a final line break. */
  readonly text: string
  /** 0 unless given: 1 when what was looked at is not in order. */
  readonly exitCode?: 0 | 1
}

export interface CommandArgument {
  /** As commander writes it: `<name>` required, `[values...]` any number. */
  readonly name: string
  readonly help: string
}

/** One command of the program, one file each. */
export interface CliCommand<Options extends Settings> {
  /** `sensor create`. */
  readonly path: string
  /** One line for lists of commands, without a full stop. */
  readonly summary: string
  /** What a stranger needs to know beyond the summary. */
  readonly description?: string
  readonly args?: readonly CommandArgument[]
  readonly options: Options
  /** Whether it has `--json`; true unless said otherwise. */
  readonly hasJson?: false
  /** What it does and the line that does it. */
  readonly examples: readonly (readonly [what: string, line: string])[]
  /** @throws SenioError, ProblemError: printed for people or as problem JSON; exit code 1 */
  run(context: CommandContext<Options>): Promise<CommandResult | null>
}

/** Lets the compiler work out the types of a command's options. */
export function defineCommand<const Options extends Settings>(
  command: CliCommand<Options>,
): CliCommand<Options> {
  return command
}
