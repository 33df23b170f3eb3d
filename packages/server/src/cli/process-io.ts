import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { timestampMs } from '@senio/protocol'
import type { CliIo } from './io.ts'

/**
 * Milliseconds in which a second signal is taken for the first: terminals and supervisors send it to all processes of a
 * group, and those that started us pass it on as well.
 */
const SAME_SIGNAL = 1000

/** The terminal or pipes of this process. Ctrl-C and SIGTERM abort `signal`; sent again later, they end the process. */
export function processIo(): CliIo {
  const stopping = new AbortController()
  let listening = false
  let stoppedAt: number | null = null
  const onSignal = (): void => {
    const now = performance.now()
    if (stoppedAt !== null && now - stoppedAt > SAME_SIGNAL) process.exit(130)
    stoppedAt ??= now
    stopping.abort()
  }
  // `senio … | head`: a reader that has seen enough is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    // A terminal that doesn't know its width says 0.
    columns: process.stderr.columns || 80,
    environment: process.env,
    directory: process.cwd(),
    clock: () => timestampMs(Date.now()),
    get signal() {
      // Only a command that asks for it takes the signals over: `serve` has its own way of stopping.
      if (!listening) {
        listening = true
        for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal)
      }
      return stopping.signal
    },
    ask,
  }
}

async function ask(
  question: string,
  { hidden = false }: { readonly hidden?: boolean } = {},
): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
  })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    if (hidden) process.stderr.write('\n')
  }
}
