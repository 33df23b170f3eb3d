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
  if (error instanceof Error && error.name === 'AbortError') {
    return { problem: toProblem(new SenioError('shutting-down', 'Stopped before it was done.')), exitCode: 1 }
  }
  const file = fileProblem(error)
  if (file !== null) return { problem: toProblem(file), exitCode: 1 }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { problem: toProblem(new SenioError('defect', detail)), exitCode: 1 }
}

/** What the system says about a file that the user named; null for anything else. */
function fileProblem(error: unknown): SenioError | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new SenioError('storage-full', `There is no room left on the disk: ${error.message}.`)
  }
  return new SenioError('parameter-invalid', `A file can't be used: ${error.message}.`)
}
