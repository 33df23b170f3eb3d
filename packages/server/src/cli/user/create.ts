import { defineCommand } from '../command.ts'
import { newPassword } from '../new-password.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions, switchOption } from '../options.ts'

export const userCreate = defineCommand({
  path: 'user create',
  summary: 'make an account',
  description:
    'The first account of an installation is its administrator. Without --password-stdin the password is asked for; ' +
    'where nobody can be asked, or the answer is empty, a random one is made and shown once.',
  options: {
    email: requiredOption('email', 'EMAIL', 'e-mail address to sign in with'),
    passwordStdin: switchOption(
      'password-stdin',
      'read the password from the first line of standard input (10 to 200 characters)',
    ),
    ...storageOptions,
  },
  examples: [
    ['an account, with the password asked for', 'senio user create --email me@example.org'],
    ['from a script', 'senio user create --email me@example.org --password-stdin < password.txt'],
  ],
  async run({ io, options }) {
    const { password, generated } = await newPassword(io, options.passwordStdin)
    const account = await withSenio(
      options,
      io,
      (senio) => senio.accounts.create({ email: options.email, password }),
      { create: true },
    )
    return {
      json: { ...account, ...(generated ? { password } : {}) },
      text: [
        `Created the account ${account.email}${account.role === 'admin' ? ', the administrator' : ''}.`,
        ...(generated ? ['', `Password (shown only now): ${password}`] : []),
        '',
        `Next, a sensor: senio sensor create greenhouse --owner ${account.email} --field temp:scalar:celsius --field cam1:image`,
      ].join('\n'),
    }
  },
})
