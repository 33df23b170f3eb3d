import { normaliseName, SenioError } from '@senio/protocol'
import type { NewViewPanel } from '@senio/protocol/api'
import type { AccountId } from '../../storage/account-store.ts'
import type { Sensor, SensorStore } from '../../storage/sensor-store.ts'
import type { NewViewField, ViewPanel } from '../../storage/view-store.ts'

/** Most fields in all panels of a view together. */
const MAX_FIELDS = 1000

/**
 * Panels with the ids of their fields in the place of names.
 * @param deleted what the view shows already and may keep, though it was deleted
 * @throws SenioError `parameter-invalid` for a sensor or field that isn't there, `limit-reached`
 */
export async function resolvePanels(
  sensors: Pick<SensorStore, 'find'>,
  owner: AccountId,
  panels: readonly NewViewPanel[],
  deleted: readonly NewViewField[],
): Promise<readonly ViewPanel<NewViewField>[]> {
  const asked = panels.flatMap(({ fields }) => fields)
  if (asked.length > MAX_FIELDS) {
    throw new SenioError('limit-reached', `A view shows at most ${MAX_FIELDS} fields. Make a second one.`, {
      field: 'panels',
    })
  }
  const found = new Map<string, Sensor | null>()
  for (const { sensor } of asked) {
    const name = normaliseName(sensor)
    if (!found.has(name)) found.set(name, await sensors.find(owner, name))
  }
  const resolve = (asked: { readonly sensor: string; readonly field: string }): NewViewField => {
    const [sensor, field] = [normaliseName(asked.sensor), normaliseName(asked.field)]
    const living = found.get(sensor)?.fields.find(({ name }) => name === field)
    if (living !== undefined) return { id: living.id, sensor, field }
    return deleted.find((kept) => kept.sensor === sensor && kept.field === field) ?? noSuch(sensor, field)
  }
  return panels.map(({ columns, rows, fields }) => ({ columns, rows, fields: fields.map(resolve) }))
}

function noSuch(sensor: string, field: string): never {
  throw new SenioError(
    'parameter-invalid',
    `A panel asks for the field "${field}" of the sensor "${sensor}", and you have none.`,
    { field: 'panels' },
  )
}
