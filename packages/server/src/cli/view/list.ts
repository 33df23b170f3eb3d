import { viewJson } from '../../domain/views/view-json.ts'
import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { allPages, PAGE_SIZE } from '../pages.ts'
import { table } from '../table.ts'
import { time } from '../words.ts'

export const viewList = defineCommand({
  path: 'view list',
  summary: 'list the views that an account composed',
  options: { owner: requiredOption('owner', 'EMAIL', 'e-mail of the account'), ...storageOptions },
  examples: [['all views of an account', 'senio view list --owner me@example.org']],
  run: ({ io, options }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.owner)
      const views = await allPages((cursor) => senio.views.list(account.id, PAGE_SIZE, cursor))
      const rows = views.map(({ id, name, panels, changed }) => [
        String(id),
        name,
        String(panels.length),
        time(changed),
      ])
      return {
        json: { views: views.map(viewJson) },
        text:
          rows.length === 0
            ? `${account.email} has composed no view.`
            : table([['ID', 'NAME', 'PANELS', 'CHANGED'], ...rows]),
      }
    }),
})
