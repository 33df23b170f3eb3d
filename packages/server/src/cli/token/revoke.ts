import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions, yesOption } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { parseId } from '../parse-id.ts'

export const tokenRevoke = defineCommand({
  path: 'token revoke',
  summary: 'make an API token worthless',
  args: [{ name: '<id>', help: 'the number that "senio token list" shows' }],
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account'),
    yes: yesOption,
    ...storageOptions,
  },
  examples: [['token 3', 'senio token revoke 3 --owner me@example.org --yes']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const id = parseId(args[0])
      const account = await requireAccount(senio, options.owner)
      await confirm(io, options.yes, `Revoke API token ${id} of ${account.email}?`)
      await senio.apiTokens.revoke(account.id, id)
      return { json: { revoked: id }, text: `Revoked API token ${id} of ${account.email}.` }
    }),
})
