import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'
import { table } from '../table.ts'
import { time } from '../words.ts'

export const tokenList = defineCommand({
  path: 'token list',
  summary: "list an account's API tokens",
  options: { owner: requiredOption('owner', 'EMAIL', 'e-mail of the account'), ...storageOptions },
  examples: [['all tokens of an account', 'senio token list --owner me@example.org']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.owner)
      const tokens = await allPages((cursor) => senio.apiTokens.list(account.id, PAGE_SIZE, cursor))
      const rows = tokens.map(({ id, label, created, lastUsed }) => [
        String(id),
        label,
        time(created),
        time(lastUsed),
      ])
      return {
        json: { tokens },
        text:
          rows.length === 0
            ? `${account.email} has no API token. Make one: senio token create --owner ${account.email}`
            : table([['ID', 'LABEL', 'CREATED', 'LAST USED'], ...rows]),
      }
    }),
})
