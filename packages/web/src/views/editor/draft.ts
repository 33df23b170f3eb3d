import { MAX_NAME_LENGTH, VIEW_COLUMNS } from '@senio/protocol'
import type { NewViewPanel, ViewFieldJson, ViewJson } from '@senio/protocol/api'
import { fieldKey } from '../../fields/field-view.ts'
import { panelsOfSensor, panelsOfView, type PanelSensor } from '../../fields/panels.ts'
import { USUAL_ROWS } from '../../timeline/track-height.ts'

/** A field that a panel of a draft shows; it may have been deleted since. */
export type DraftField = Pick<ViewFieldJson, 'sensor' | 'field'>

/** A panel that is being composed. */
export interface DraftPanel {
  /** Tells panels apart while they are moved. */
  readonly id: string
  readonly columns: number
  readonly rows: number
  readonly fields: readonly DraftField[]
}

/** A view that is being composed. */
export interface Draft {
  readonly name: string
  readonly panels: readonly DraftPanel[]
}

export const emptyDraft: Draft = { name: '', panels: [] }

export function draftOfView({ name, panels }: Pick<ViewJson, 'name' | 'panels'>): Draft {
  return {
    name,
    panels: panels.map(({ columns, rows, fields }, index) => ({
      id: `saved-${index}`,
      columns,
      rows,
      fields: fields.map(({ sensor, field }) => ({ sensor, field })),
    })),
  }
}

/** What a sensor's own view shows, as panels that can be changed. */
export function draftOfSensor(sensor: PanelSensor): Draft {
  return {
    name: sensor.name,
    panels: panelsOfSensor(sensor).map(({ tracks }, index) => ({
      id: `sensor-${index}`,
      columns: VIEW_COLUMNS,
      rows: USUAL_ROWS,
      fields: tracks.flatMap(({ fields }) =>
        fields.map(({ name }) => ({ sensor: sensor.name, field: name })),
      ),
    })),
  }
}

/** The panels as the server takes them. */
export function requestOf({ panels }: Draft): readonly NewViewPanel[] {
  return panels.map(({ columns, rows, fields }) => ({
    columns,
    rows,
    fields: fields.map(({ sensor, field }) => ({ sensor, field })),
  }))
}

/** Whether two drafts would be saved as the same view. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  return a.name.trim() === b.name.trim() && JSON.stringify(requestOf(a)) === JSON.stringify(requestOf(b))
}

/** What is wrong with a name, before the server is asked. */
export function nameFault(name: string): 'missing' | 'too-long' | null {
  const typed = name.normalize('NFC').trim()
  if (typed === '') return 'missing'
  return typed.length > MAX_NAME_LENGTH ? 'too-long' : null
}

export function isSameField(a: DraftField, b: DraftField): boolean {
  return a.sensor === b.sensor && a.field === b.field
}

/** Whether any of the sensors has the field; otherwise it was deleted. */
export function isLiving({ sensor, field }: DraftField, sensors: readonly PanelSensor[]): boolean {
  return sensors.some(({ name, fields }) => name === sensor && Object.hasOwn(fields, field))
}

/** The fields that were deleted, each once. */
export function deletedFields({ panels }: Draft, sensors: readonly PanelSensor[]): readonly DraftField[] {
  const deleted = panels.flatMap(({ fields }) => fields.filter((field) => !isLiving(field, sensors)))
  return [...new Map(deleted.map((field) => [fieldKey(field.sensor, field.field), field])).values()]
}

/**
 * New panels at the end: numbers of one unit share one, everything else has its own.
 * @param newId gives each an id of its own
 */
export function withPanels(
  draft: Draft,
  fields: readonly DraftField[],
  sensors: readonly PanelSensor[],
  newId: () => string,
): Draft {
  const [together] = panelsOfView([{ columns: VIEW_COLUMNS, rows: USUAL_ROWS, fields }], sensors)
  const added = (together?.tracks ?? []).map((track) => ({
    id: newId(),
    columns: VIEW_COLUMNS,
    rows: USUAL_ROWS,
    fields: track.fields.map(({ sensor, name }) => ({ sensor, field: name })),
  }))
  return { ...draft, panels: [...draft.panels, ...added] }
}

/** One panel changed. */
export function withPanel(draft: Draft, id: string, change: (panel: DraftPanel) => DraftPanel): Draft {
  return { ...draft, panels: draft.panels.map((panel) => (panel.id === id ? change(panel) : panel)) }
}

/** Without a panel. */
export function withoutPanel(draft: Draft, id: string): Draft {
  return { ...draft, panels: draft.panels.filter((panel) => panel.id !== id) }
}

/** More fields in a panel; those that it shows already aren't doubled. */
export function addFields(panel: DraftPanel, fields: readonly DraftField[]): DraftPanel {
  const added = fields.filter((field) => !panel.fields.some((known) => isSameField(known, field)))
  return { ...panel, fields: [...panel.fields, ...added] }
}

/** Another field in the place of one. */
export function replaceField(panel: DraftPanel, old: DraftField, next: DraftField): DraftPanel {
  const rest = panel.fields.filter((field) => isSameField(field, old) || !isSameField(field, next))
  return { ...panel, fields: rest.map((field) => (isSameField(field, old) ? next : field)) }
}

/** Without a field. */
export function withoutField(panel: DraftPanel, gone: DraftField): DraftPanel {
  return { ...panel, fields: panel.fields.filter((field) => !isSameField(field, gone)) }
}

/** Without what was deleted, and without panels that showed nothing else. */
export function withoutDeleted(draft: Draft, sensors: readonly PanelSensor[]): Draft {
  const panels = draft.panels.flatMap((panel) => {
    const fields = panel.fields.filter((field) => isLiving(field, sensors))
    return fields.length === 0 && panel.fields.length > 0 ? [] : [{ ...panel, fields }]
  })
  return { ...draft, panels }
}
