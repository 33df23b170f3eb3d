import type { FieldTypeName, FieldValue } from '@senio/protocol'
import type { ComponentType } from 'react'

/** A field of a sensor, as views get it. */
export interface ShownField {
  /** Its identity in what is shown: see `fieldKey`. */
  readonly key: string
  /** Name of its sensor. */
  readonly sensor: string
  readonly name: string
  /** What it is called where it stands: its name, with its sensor's where several are shown. */
  readonly label: string
  readonly type: FieldTypeName
  /** As set by the owner; `format` makes it readable. */
  readonly unit: string
  /** The token of its colour, the same in every panel. */
  readonly color: `--series-${number}`
}

/** A latest value in little room, on a card or in a table. */
export interface SummaryProps<Value = FieldValue> {
  readonly value: Value
  readonly unit: string
  /** Name of the sensor. */
  readonly sensor: string
  /** When it was measured, ms since the epoch. */
  readonly timestamp: number
}

/** A part of a panel; range, cursor and data come from the timeline's context. */
export interface PanelProps {
  /** Non-empty, all of one type, maybe of several sensors: those that are shown together. */
  readonly fields: readonly ShownField[]
}

/** Tells fields of all sensors apart. Names hold no slash. */
export function fieldKey(sensor: string, name: string): string {
  return `${sensor}/${name}`
}

/** What the web app knows of a field type. */
export interface FieldView<Value = FieldValue> {
  /** One word for people. */
  readonly label: string
  readonly icon: ComponentType<{ readonly className?: string; readonly size?: number | string }>
  /** A value as short text with its unit, in the reader's locale. */
  format(value: Value, unit: string): string
  /** What changed from one value to a later one, as short text, null if nothing; null for types that are not compared. */
  readonly change: ((from: Value, to: Value, unit: string) => string | null) | null
  readonly Summary: ComponentType<SummaryProps<Value>>
  /** Fields of a panel with the same key share a track. */
  panelKey(field: ShownField): string
  /** Shown along the time axis; null for types that aren't. */
  readonly Track: ComponentType<PanelProps> | null
  /** Shows the moment at the cursor, beside the tracks; null for types that don't. */
  readonly Moment: ComponentType<PanelProps> | null
  /** Controls that play the range, for all fields of the type together; null for types that can't be played. */
  readonly Player: ComponentType<PanelProps> | null
  /** Whether that stands above the tracks where there is no room beside them; otherwise below. */
  readonly momentFirst: boolean
  /** How its graph data is asked for; null when its panels fetch by themselves. */
  readonly series: 'pixels' | 'fine' | null
  /** How the whole history of a field is drawn in the overview: as a line, as ticks where values are, or not at all. */
  readonly overview: 'line' | 'ticks' | null
}
