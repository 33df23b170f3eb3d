import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { storageOptions } from '../options.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'
import { table } from '../table.ts'
import { time } from '../words.ts'

export const userList = defineCommand({
  path: 'user list',
  summary: 'list the accounts',
  options: { ...storageOptions },
  examples: [['all accounts', 'senio user list']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const accounts = await allPages((cursor) => senio.accounts.list(PAGE_SIZE, cursor))
      const rows = accounts.map(({ email, role, created }) => [email, role, time(created)])
      return {
        json: { accounts },
        text:
          rows.length === 0
            ? 'There is no account yet. Make one: senio user create --email me@example.org'
            : table([['E-MAIL', 'ROLE', 'CREATED'], ...rows]),
      }
    }),
})
