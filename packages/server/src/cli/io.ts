import type { Clock } from '../domain/clock.ts'

/** What the program says goes here. */
export interface Output {
  write(text: string): void
}

/** Everything outside that a command touches, injected so that tests run commands in process. */
export interface CliIo {
  /** The result, and nothing else. */
  readonly stdout: Output
  /** Progress, questions and errors. */
  readonly stderr: Output
  readonly stdin: AsyncIterable<Uint8Array>
  /** A person sits before it: questions can be asked, progress can be drawn. */
  readonly interactive: boolean
  /** Width of the terminal in characters. */
  readonly columns: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Paths that the user gives are relative to it. */
  readonly directory: string
  readonly clock: Clock
  /** Aborted when the user or the system asks to stop. */
  readonly signal: AbortSignal
  /** Asks one line; the answer isn't shown when `hidden`. Only where `interactive`. */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>
}
