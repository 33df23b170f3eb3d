import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions, yesOption } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { parseId } from '../parse-id.ts'

export const viewDelete = defineCommand({
  path: 'view delete',
  summary: 'delete a view; what it shows stays',
  args: [{ name: '<id>', help: 'the number that "senio view list" shows' }],
  options: {
    owner: requiredOption('owner', 'EMAIL', 'e-mail of the account'),
    yes: yesOption,
    ...storageOptions,
  },
  examples: [['without being asked', 'senio view delete 3 --owner me@example.org --yes']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.owner)
      const { id, name } = await senio.views.get(account.id, parseId(args[0]))
      await confirm(io, options.yes, `Delete the view "${name}" of ${account.email}?`)
      await senio.views.delete(account.id, id)
      return { json: { deleted: id }, text: `Deleted the view "${name}".` }
    }),
})
