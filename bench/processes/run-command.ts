import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly user?: { readonly uid: number; readonly gid: number }
}

/**
 * Runs a command to its end.
 * @returns what it printed to standard output
 * @throws Error with all of its output when it can't be started or fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env, cwd, user }: CommandOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  })
  let output = ''
  let all = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    all += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${all.trim()}`)
  return output
}
