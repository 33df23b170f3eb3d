import { SenioError } from '@senio/protocol'
import { emailSchema, passwordSchema } from '@senio/protocol/api'
import { isCommonPassword, isGuessablePassword } from './common-passwords.ts'

/** The form under which an e-mail address is stored and looked up; checks nothing. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase()
}

/**
 * A new account's e-mail address in its stored form.
 * @throws SenioError `parameter-invalid`
 */
export function parseEmail(email: string): string {
  const parsed = emailSchema.safeParse(normaliseEmail(email))
  if (parsed.success) return parsed.data
  throw new SenioError('parameter-invalid', 'That is no e-mail address. It looks like name@example.org.', {
    field: 'email',
  })
}

/**
 * Checks a new password of somebody with this address.
 * @throws SenioError `parameter-invalid`
 */
export async function checkNewPassword(password: string, email: string, field = 'password'): Promise<void> {
  const reason = await whyRefused(password, email)
  if (reason !== null) throw new SenioError('parameter-invalid', reason, { field })
}

async function whyRefused(password: string, email: string): Promise<string | null> {
  if (!passwordSchema.safeParse(password).success) return 'A password has 10 to 200 characters; any will do.'
  if (await isCommonPassword(password)) {
    return 'This password is one of those that are tried first, as many people have it. Take another: three or four words that have nothing to do with each other are good.'
  }
  if (isGuessablePassword(password, email)) {
    return 'This password is little more than a word that belongs to you or to Senio. Add something that nobody can guess: three or four words that have nothing to do with each other are good.'
  }
  return null
}
