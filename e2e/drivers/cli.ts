import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { cleanEnv, node, root, senioProgram } from './program.ts'

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The `senio` command on one data directory. */
export class Cli {
  readonly #env: Readonly<Record<string, string>>

  /** @param settings more of its environment */
  constructor(dataDir: string, settings: Readonly<Record<string, string>> = {}) {
    this.#env = { SENIO_DATA_DIR: dataDir, ...settings }
  }

  /** Runs a command with --json and gives what it prints. Anything but exit code 0 is an error. */
  async json<Value>(args: readonly string[], input = ''): Promise<Value> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], input)
    if (code !== 0) throw new Error(`senio ${args.join(' ')} ended with ${code}:\n${stderr}`)
    return JSON.parse(stdout) as Value
  }

  async run(args: readonly string[], input = ''): Promise<CliResult> {
    const child = spawn(node, [senioProgram, ...args], {
      cwd: root,
      env: cleanEnv(this.#env),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.end(input)
    const [stdout, stderr, exit] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ])
    return { code: exit[0] ?? -1, stdout, stderr }
  }
}
