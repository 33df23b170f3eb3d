import type { ViewJson } from '@senio/protocol/api'
import type { View } from '../../storage/view-store.ts'

/** A view as it is given out. */
export function viewJson({ id, name, panels, created, changed }: View): ViewJson {
  return {
    id,
    name,
    panels: panels.map(({ columns, rows, fields }) => ({
      columns,
      rows,
      fields: fields.map(({ sensor, field, isDeleted }) => ({ sensor, field, deleted: isDeleted })),
    })),
    created,
    changed,
  }
}
