import { SenioError } from '@senio/protocol'
import type { CliIo } from './io.ts'

/**
 * Makes sure that a person means it: asks on a terminal, wants `--yes` anywhere else.
 * @throws SenioError `not-allowed` when the answer is no or nobody can be asked
 */
export async function confirm(io: CliIo, yes: boolean, question: string): Promise<void> {
  if (yes) return
  if (!io.interactive) {
    throw new SenioError('not-allowed', `${question} There is nobody to ask: add --yes to do it.`)
  }
  const answer = await io.ask(`${question} [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) throw new SenioError('not-allowed', 'Nothing was changed.')
}
