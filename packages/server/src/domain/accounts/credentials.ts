import { SenioError } from '@senio/protocol'
import { emailSchema, passwordSchema } from '@senio/protocol/api'

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
 * Checks a new password.
 * @throws SenioError `parameter-invalid`
 */
export function checkNewPassword(password: string, field = 'password'): void {
  if (passwordSchema.safeParse(password).success) return
  throw new SenioError('parameter-invalid', 'A password has 10 to 200 characters; any will do.', { field })
}
