import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timestampMs } from '@senio/protocol'
import { onTestFinished } from 'vitest'
import type { CliIo } from '../io.ts'
import { runCli } from '../program.ts'

/** What a command line did. */
export interface CliRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Standard output as one JSON document. */
  readonly json: () => unknown
  /** Standard error as problem JSON. */
  readonly problem: () => { readonly code: string; readonly detail: string }
}

export interface TestCli {
  /** A directory of its own, removed afterwards; the data directory is `data` within it. */
  readonly directory: string
  run(...argv: readonly string[]): Promise<CliRun>
  /** With standard input, environment, or answers of a person at a terminal. */
  runWith(
    given: {
      readonly stdin?: string
      readonly environment?: Readonly<Record<string, string>>
      readonly answers?: readonly string[]
      readonly signal?: AbortSignal
    },
    ...argv: readonly string[]
  ): Promise<CliRun>
}

/** 2026-11-23T12:00:00Z. */
export const NOW = timestampMs(1_795_435_200_000)

/** The program with a data directory of its own, for one test. */
export async function testCli(): Promise<TestCli> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-cli-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const runWith: TestCli['runWith'] = async (given, ...argv) => {
    const out: string[] = []
    const err: string[] = []
    const answers = [...(given.answers ?? [])]
    const io: CliIo = {
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      stdin: chunksOf(given.stdin ?? ''),
      interactive: given.answers !== undefined,
      columns: 100,
      environment: { ...given.environment },
      directory,
      clock: () => NOW,
      signal: given.signal ?? new AbortController().signal,
      ask(question) {
        err.push(question)
        return Promise.resolve(answers.shift() ?? '')
      },
    }
    const exitCode = await runCli(argv, io)
    const [stdout, stderr] = [out.join(''), err.join('')]
    return {
      exitCode,
      stdout,
      stderr,
      json: () => JSON.parse(stdout) as unknown,
      problem: () => JSON.parse(stderr) as { code: string; detail: string },
    }
  }
  return { directory, runWith, run: (...argv) => runWith({}, ...argv) }
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text)
}
