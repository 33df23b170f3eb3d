import { SenioError } from '@senio/protocol'
import { errorCode } from './file-system.ts'

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const TOO_MANY_FILES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** What an error of the file system means to whoever wanted to store or read a blob. */
export function storageError(cause: unknown): SenioError {
  if (cause instanceof SenioError) return cause
  const code = errorCode(cause) ?? ''
  if (FULL.has(code)) {
    return new SenioError('storage-full', 'The disk of the server is full. Nothing was stored; make room.', {
      cause,
      retryAfter: 5,
    })
  }
  if (TOO_MANY_FILES.has(code)) {
    return new SenioError('overloaded', 'The server has too many files open. Try again in a moment.', {
      cause,
      retryAfter: 1,
    })
  }
  return new SenioError(
    'storage-failing',
    'The disk of the server cannot be read or written. Nothing was stored; try again later.',
    { cause, retryAfter: 5 },
  )
}

/** Runs `work` with errors of the file system turned into ours. */
export async function orStorageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageError(error)
  }
}
