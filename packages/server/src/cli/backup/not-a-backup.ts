import { SenioError } from '@senio/protocol'

/** @param what is wrong with it */
export function notABackup(what: string, cause?: unknown): SenioError {
  return new SenioError(
    'parameter-invalid',
    `This is not a whole backup: ${what}. Nothing was restored; try another backup.`,
    { field: 'file', cause },
  )
}
