import { SenioError } from '@senio/protocol'

/** The code of the SenioError that something rejects with; `'resolved'` when it doesn't. Other errors pass. */
export async function codeOf(outcome: Promise<unknown>): Promise<string> {
  try {
    await outcome
    return 'resolved'
  } catch (error) {
    if (error instanceof SenioError) return error.code
    throw error
  }
}
