import type { NewViewPanel } from '@senio/protocol/api'
import type { Views } from '../../domain/views/views.ts'
import type { AccountId } from '../../storage/account-store.ts'

/** The demo's view: what both sensors say about one morning. */
function panelsOf(greenhouse: string, weather: string): readonly NewViewPanel[] {
  return [
    { fields: [{ sensor: greenhouse, field: 'cam1' }], columns: 12, rows: 6 },
    {
      fields: [
        { sensor: greenhouse, field: 'inside' },
        { sensor: weather, field: 'temperature' },
      ],
      columns: 12,
      rows: 6,
    },
    { fields: [{ sensor: weather, field: 'brightness' }], columns: 12, rows: 4 },
    { fields: [{ sensor: greenhouse, field: 'door' }], columns: 6, rows: 4 },
    { fields: [{ sensor: weather, field: 'rain' }], columns: 6, rows: 4 },
  ]
}

/** Composes the view, unless the account has one of this name: it may be that of the last time, or somebody's own. */
export async function composeView(
  views: Views,
  account: AccountId,
  greenhouse: string,
  weather: string,
): Promise<string> {
  const name = `${greenhouse} and its weather`
  const { items } = await views.list(account, 200, null)
  if (items.some((view) => view.name === name)) return name
  await views.create(account, { name, panels: panelsOf(greenhouse, weather) })
  return name
}
