import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions, yesOption } from '../options.ts'
import { requireAccount } from '../owners.ts'

export const userDelete = defineCommand({
  path: 'user delete',
  summary: 'delete an account with its sensors and everything that they measured',
  options: {
    email: requiredOption('email', 'EMAIL', 'e-mail address of the account'),
    yes: yesOption,
    ...storageOptions,
  },
  examples: [['without being asked', 'senio user delete --email me@example.org --yes']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.email)
      await confirm(
        io,
        options.yes,
        `Delete the account ${account.email} with all of its sensors, measurements and pictures?`,
      )
      await senio.accounts.delete(account.id)
      return { json: { deleted: account.email }, text: `Deleted the account ${account.email}.` }
    }),
})
