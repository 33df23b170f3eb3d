import type { ViewField } from '../../storage/view-store.ts'
import { viewJson } from '../../domain/views/view-json.ts'
import { defineCommand } from '../command.ts'
import { withSenio } from '../open.ts'
import { requiredOption, storageOptions } from '../options.ts'
import { requireAccount } from '../owners.ts'
import { parseId } from '../parse-id.ts'
import { table } from '../table.ts'

export const viewShow = defineCommand({
  path: 'view show',
  summary: 'show the panels of a view',
  args: [{ name: '<id>', help: 'the number that "senio view list" shows' }],
  options: { owner: requiredOption('owner', 'EMAIL', 'e-mail of the account'), ...storageOptions },
  examples: [['view 3', 'senio view show 3 --owner me@example.org']],
  run: ({ io, options, args }) =>
    withSenio(options, io, async (senio) => {
      const account = await requireAccount(senio, options.owner)
      const view = await senio.views.get(account.id, parseId(args[0]))
      const rows = view.panels.map(({ columns, rows, fields }, index) => [
        String(index + 1),
        `${columns} × ${rows}`,
        fields.map(fieldText).join(', '),
      ])
      return {
        json: viewJson(view),
        text: [
          `View "${view.name}" of ${account.email}`,
          '',
          rows.length === 0 ? 'It has no panels.' : table([['PANEL', 'COLUMNS × ROWS', 'SHOWS'], ...rows]),
        ].join('\n'),
      }
    }),
})

function fieldText({ sensor, field, isDeleted }: ViewField): string {
  return `${sensor}: ${field}${isDeleted ? ' (deleted)' : ''}`
}
