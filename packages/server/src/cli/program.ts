import { Command, CommanderError, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import type { Setting } from '../config/setting.ts'
import type { CliCommand, CommandResult, Settings } from './command.ts'
import { commands, groups } from './commands.ts'
import { reportFailure } from './failure.ts'
import type { CliIo } from './io.ts'
import { nearestWord } from './nearest-word.ts'
import { isRepeatable, jsonOption, resolveOptions, UNLISTED_OPTIONS, variableOf } from './options.ts'

const DESCRIPTION = `Numbers and pictures on one timeline: a home for what your devices measure and see.

Start with:
  senio serve          and open the address that it prints
  senio help COMMAND   for what a command does, with examples`

const EXIT_CODES = `
Every option can be set in the environment as well, as shown beside it; a flag wins.
Exit codes: 0 done, 1 refused or failed, 2 wrong use.`

/**
 * Runs one command line.
 * @param argv without the program's own name
 * @returns the exit code: 0 done, 1 refused or failed, 2 wrong use
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const json = wantsJson(argv, io)
  let exitCode: number = 0
  const withheld: string[] = []
  const program = buildProgram(io, withheld, (result) => {
    exitCode = result?.exitCode ?? 0
    if (result !== null) io.stdout.write(`${json ? JSON.stringify(result.json) : result.text}\n`)
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    // A group without its second word: the help is the answer, and it was no use of the program.
    if (error instanceof CommanderError && error.code === 'commander.help') {
      io.stderr.write(withheld.join(''))
      return 2
    }
    const exitCode = reportFailure(error, io, json)
    if (exitCode === 2 && !json) io.stderr.write(`${whereHelpIs(program, argv)}\n`)
    return exitCode
  }
}

/** For who used it wrongly: the help of the command that they meant, as far as its words are right. */
function whereHelpIs(program: Command, argv: readonly string[]): string {
  const words: string[] = []
  let command: Command | undefined = program
  for (const word of argv[0] === 'help' ? argv.slice(1) : argv) {
    command = command.commands.find((candidate) => candidate.name() === word)
    if (command === undefined) break
    words.push(word)
  }
  return `Help: ${['senio', 'help', ...words].join(' ')}`
}

/** Asked before parsing: even "unknown option" is answered in the form that was asked for. */
function wantsJson(argv: readonly string[], io: CliIo): boolean {
  const end = argv.indexOf('--')
  const options = end === -1 ? argv : argv.slice(0, end)
  return resolveOptions(
    { json: jsonOption },
    { json: options.includes('--json') || undefined },
    io.environment,
  ).json
}

function buildProgram(io: CliIo, withheld: string[], done: (result: CommandResult | null) => void): Command {
  const program = configure(new Command('senio'), io, withheld)
    .version(packageJson.version, '-V, --version', 'show the version')
    .description(DESCRIPTION)
    .helpCommand(false)
  for (const command of commands) addCommand(program, command, io, done)
  program
    .command('help')
    .argument('[command...]')
    .summary('what a command does, with examples')
    .action((path: readonly string[]) => {
      const found = path.reduce<Command>((parent, name) => childOf(parent, name), program)
      found.outputHelp()
    })
  return program.addHelpText('after', EXIT_CODES)
}

function childOf(parent: Command, name: string): Command {
  const child = parent.commands.find((command) => command.name() === name)
  if (child !== undefined) return child
  const meant = nearestWord(
    name,
    parent.commands.map((command) => command.name()),
  )
  const hint = meant === null ? '"senio help" lists them all' : `did you mean "${meant}"?`
  return parent.error(`there is no command "${name}"; ${hint}`, { exitCode: 2 })
}

/** The command of the first word, made when it is needed: help lists commands in the order of `commands`. */
function groupOf(program: Command, name: string): Command {
  const group = program.commands.find((command) => command.name() === name)
  if (group !== undefined) return group
  const summary = groups[name] ?? ''
  return program.command(name).summary(summary).description(capitalised(summary)).helpCommand(false)
}

function addCommand(
  program: Command,
  spec: CliCommand<Settings>,
  io: CliIo,
  done: (result: CommandResult | null) => void,
): void {
  const words = spec.path.split(' ')
  const parent = words.slice(0, -1).reduce<Command>((above, name) => groupOf(above, name), program)
  const command = parent
    .command(words.at(-1) ?? '')
    .summary(spec.summary)
    .description(
      `${capitalised(spec.summary)}.${spec.description === undefined ? '' : `\n\n${spec.description}`}`,
    )
  for (const { name, help } of spec.args ?? []) command.argument(name, help)
  for (const setting of Object.values(spec.options)) command.addOption(toOption(setting))
  if (spec.hasJson !== false) command.addOption(toOption(jsonOption))
  if (Object.values(spec.options).some(({ isUnlisted }) => isUnlisted)) {
    command.addHelpText('after', `\n${UNLISTED_OPTIONS}`)
  }
  if (spec.examples.length > 0) command.addHelpText('after', examplesText(spec.examples))
  command.action(async () => {
    const flags = command.opts()
    const { json } = resolveOptions({ json: jsonOption }, flags, io.environment)
    const options = readOptions(command, spec, flags, io)
    done(await spec.run({ io, options, args: command.args, json }))
  })
}

/** A bad option is wrong use, not a refusal. */
function readOptions(
  command: Command,
  spec: CliCommand<Settings>,
  flags: Record<string, unknown>,
  io: CliIo,
) {
  try {
    return resolveOptions(spec.options, flags, io.environment)
  } catch (error) {
    return command.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
  }
}

/** Subcommands take it over. */
function configure(command: Command, io: CliIo, withheld: string[]): Command {
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors are told once, by reportFailure.
      writeErr: (text) => withheld.push(text),
      getOutHelpWidth: () => Math.min(io.columns, 110),
    })
    .configureHelp({ showGlobalOptions: false })
    .helpOption('-h, --help', 'show this')
}

function toOption(setting: Setting<unknown>): Option {
  const { flag, placeholder, fallback, help, group, isUnlisted = false } = setting
  const notes = [variableOf(setting), ...(fallback === null ? [] : [`default ${fallback}`])]
  const option = new Option(
    placeholder === null ? `--${flag}` : `--${flag} <${placeholder}>`,
    `${help} (${notes.join('; ')})`,
  ).hideHelp(isUnlisted)
  if (group !== undefined) option.helpGroup(group)
  return isRepeatable(setting)
    ? option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
    : option
}

function examplesText(examples: readonly (readonly [what: string, line: string])[]): string {
  const lines = examples.map(([what, line]) => `  # ${what}\n  ${line.replaceAll('\n', '\n  ')}`)
  return `\nExamples:\n${lines.join('\n\n')}\n`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
