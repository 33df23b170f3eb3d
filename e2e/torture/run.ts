import { spawn } from 'node:child_process'

/** Runs a program to its end and gives what it printed. Rejects with what it said when it failed, or isn't there. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
  })
  let printed = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error(`there is no ${program}`)))
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${said.trim()}`)
  return printed
}
