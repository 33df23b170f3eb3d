import type { FieldsJson } from '@senio/protocol/api'
import type { ShownField } from './field-view.ts'
import { fieldView, panelOrder } from './index.ts'

const COLORS = 8

/** Fields of one type that share a panel. */
export interface Panel {
  readonly key: string
  /** Non-empty, in the sensor's order. */
  readonly fields: readonly [ShownField, ...ShownField[]]
}

/** The panels of a sensor: by type in the order of the list of types, then in the order of their first fields. */
export function panelsOf(fields: FieldsJson): Panel[] {
  const panels = new Map<string, [ShownField, ...ShownField[]]>()
  let colors = 0
  for (const type of panelOrder) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.type !== type) continue
      const shown: ShownField = { name, type, unit: field.unit, color: `--series-${(colors++ % COLORS) + 1}` }
      const key = `${type} ${fieldView(type).panelKey(shown)}`
      const panel = panels.get(key)
      if (panel === undefined) panels.set(key, [shown])
      else panel.push(shown)
    }
  }
  return [...panels].map(([key, members]) => ({ key, fields: members }))
}
