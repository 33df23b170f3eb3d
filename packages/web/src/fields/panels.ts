import { VIEW_COLUMNS } from '@senio/protocol'
import type { FieldsJson, ViewFieldJson } from '@senio/protocol/api'
import { USUAL_ROWS } from '../timeline/track-height.ts'
import { fieldKey, type ShownField } from './field-view.ts'
import { fieldView, panelOrder } from './index.ts'

const COLORS = 8

/** Fields of one type that are drawn together. */
export interface PanelTrack {
  readonly key: string
  /** Non-empty. */
  readonly fields: readonly [ShownField, ...ShownField[]]
}

/** A part of a view, as somebody composed it or as it follows from a sensor's fields. */
export interface Panel {
  readonly key: string
  /** From left to right, 1 to 12. */
  readonly columns: number
  readonly rows: number
  /** One above another; empty when all of its fields were deleted. */
  readonly tracks: readonly PanelTrack[]
  /** What it showed before it was deleted. */
  readonly missing: readonly Pick<ViewFieldJson, 'sensor' | 'field'>[]
}

/** A sensor, as far as panels need it. */
export interface PanelSensor {
  readonly name: string
  readonly fields: FieldsJson
}

/** Every field of a sensor, one panel a track: by type in the order of the list of types, then as the sensor has them. */
export function panelsOfSensor({ name, fields }: PanelSensor): readonly Panel[] {
  const names = panelOrder.flatMap((type) => Object.keys(fields).filter((key) => fields[key]?.type === type))
  const colored = colors()
  const shown = names.flatMap((field) => shownField({ sensor: name, field }, fields, colored) ?? [])
  return tracksOf(shown).map((track) => ({
    key: track.key,
    columns: VIEW_COLUMNS,
    rows: USUAL_ROWS,
    tracks: [track],
    missing: [],
  }))
}

/** A panel of a view, as the server or the editor has it. */
export interface ComposedPanel {
  readonly columns: number
  readonly rows: number
  readonly fields: readonly Pick<ViewFieldJson, 'sensor' | 'field'>[]
}

/**
 * The panels of a view. Fields that none of the sensors has are missing; whether a sensor's name is said depends on
 * there being several.
 * @param keyOf tells panels apart while they are moved; absent: their places do
 */
export function panelsOfView<Composed extends ComposedPanel>(
  panels: readonly Composed[],
  sensors: readonly PanelSensor[],
  keyOf: (panel: Composed, index: number) => string = (_, index) => String(index),
): readonly Panel[] {
  const fieldsOf = new Map(sensors.map(({ name, fields }) => [name, fields]))
  const colored = colors()
  const isSeveral = new Set(panels.flatMap(({ fields }) => fields.map(({ sensor }) => sensor))).size > 1
  return panels.map((panel, index) => {
    const shown: ShownField[] = []
    const missing: Pick<ViewFieldJson, 'sensor' | 'field'>[] = []
    for (const asked of panel.fields) {
      const field = shownField(asked, fieldsOf.get(asked.sensor) ?? {}, colored)
      if (field === null) missing.push(asked)
      else if (!shown.some(({ key }) => key === field.key))
        shown.push(isSeveral ? { ...field, label: `${asked.sensor} · ${asked.field}` } : field)
    }
    const { columns, rows } = panel
    return { key: keyOf(panel, index), columns, rows, tracks: tracksOf(shown), missing }
  })
}

/** The fields of panels, each once. */
export function fieldsOfPanels(panels: readonly Panel[]): readonly ShownField[] {
  const all = panels.flatMap(({ tracks }) => tracks.flatMap(({ fields }) => fields))
  return [...new Map(all.map((field) => [field.key, field])).values()]
}

function shownField(
  { sensor, field: name }: { readonly sensor: string; readonly field: string },
  fields: FieldsJson,
  colored: (key: string) => ShownField['color'],
): ShownField | null {
  const field = fields[name]
  if (field === undefined) return null
  const key = fieldKey(sensor, name)
  return { key, sensor, name, label: name, type: field.type, unit: field.unit, color: colored(key) }
}

/** Gives fields colours in turn: the same one to the same field. */
function colors(): (key: string) => ShownField['color'] {
  const given = new Map<string, ShownField['color']>()
  return (key) => {
    const color = given.get(key) ?? (`--series-${(given.size % COLORS) + 1}` as const)
    given.set(key, color)
    return color
  }
}

/** Fields that are drawn together, in the order of the first of each. */
function tracksOf(fields: readonly ShownField[]): readonly PanelTrack[] {
  const tracks = new Map<string, [ShownField, ...ShownField[]]>()
  for (const field of fields) {
    const key = `${field.type} ${fieldView(field.type).panelKey(field)}`
    const track = tracks.get(key)
    if (track === undefined) tracks.set(key, [field])
    else track.push(field)
  }
  return [...tracks].map(([key, members]) => ({ key, fields: members }))
}
