import { defineCommand } from '../command.ts'
import { newPassword } from '../new-password.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions, switchOption } from '../options.ts'
import { requireAccount } from '../owners.ts'

export const userPassword = defineCommand({
  path: 'user password',
  summary: 'set the password of an account',
  description: 'For a password that was forgotten. Ends every session of the account; API tokens stay.',
  options: {
    email: requiredOption('email', 'EMAIL', 'e-mail address of the account'),
    passwordStdin: switchOption(
      'password-stdin',
      'read the password from the first line of standard input (10 to 200 characters)',
    ),
    ...storageOptions,
  },
  examples: [['with the password asked for', 'senio user password --email me@example.org']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.email)
      const { password, generated } = await newPassword(io, options.passwordStdin)
      await senio.accounts.setPassword(account.id, password, null)
      return {
        json: { email: account.email, ...(generated ? { password } : {}) },
        text: [
          `The password of ${account.email} is set, and every session of the account has ended.`,
          ...(generated ? [`Password (shown only now): ${password}`] : []),
        ].join('\n'),
      }
    }),
})
