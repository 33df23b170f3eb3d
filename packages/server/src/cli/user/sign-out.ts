import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'

export const userSignOut = defineCommand({
  path: 'user sign-out',
  summary: 'end every session of an account',
  description:
    'For a browser that was lost. The password, API tokens and device keys stay; "senio user password" sets another password. ' +
    'Sessions that began while the disk was full are known to the server alone, and last an hour.',
  options: {
    email: requiredOption('email', 'EMAIL', 'e-mail address of the account'),
    ...storageOptions,
  },
  examples: [['everywhere', 'senio user sign-out --email me@example.org']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const { id } = await requireAccount(senio, options.email)
      const { email } = await senio.sessions.endAll(id)
      return { json: { signedOut: email }, text: `${email} is signed out everywhere.` }
    }),
})
