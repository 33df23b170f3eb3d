import { ProblemError } from '@senio/client'
import { SenioError, toProblem } from '@senio/protocol'
import { CommanderError } from 'commander'
import type { CliIo } from './io.ts'

/** 1: refused or failed; 2: wrong use of the program. */
export type FailureCode = 1 | 2

/** Tells an error on standard error, as problem JSON or in plain words, and gives the exit code. */
export function reportFailure(error: unknown, io: CliIo, json: boolean): FailureCode {
  const { problem, exitCode } = explain(error)
  io.stderr.write(json ? `${JSON.stringify(problem)}\n` : `senio: ${problem.detail}\n`)
  return exitCode
}

function explain(error: unknown): {
  problem: { readonly code: string; readonly detail: string }
  exitCode: FailureCode
} {
  if (error instanceof CommanderError) {
    const detail = error.message.replace(/^error: /, '')
    return { problem: toProblem(new SenioError('parameter-invalid', detail)), exitCode: 2 }
  }
  if (error instanceof SenioError) return { problem: toProblem(error), exitCode: 1 }
  if (error instanceof ProblemError) {
    const { code, status, detail, field, index } = error
    return {
      problem: { code, status, detail, field, index } as { code: string; detail: string },
      exitCode: 1,
    }
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { problem: toProblem(new SenioError('defect', detail)), exitCode: 1 }
}
