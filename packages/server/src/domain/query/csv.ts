import type { FieldValue } from '@senio/protocol'
import type { MeasurementJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { Field } from '../../storage/sensor-store.ts'

type Cell = string | number | boolean | null

/** RFC 4180 with CRLF; the first line names the columns, times in ms and, to be read by people, in ISO 8601. */
export function csvHeader(fields: readonly Field[]): string {
  const columns = fields.flatMap(({ name, type }) =>
    fieldType(type).csvColumns.map((suffix) => (suffix === '' ? name : `${name}.${suffix}`)),
  )
  return csvLine(['timestamp', 'time', ...columns, 'tags'])
}

/** One measurement; empty cells where a field has no value. Tags as JSON, empty for none. */
export function csvRow({ timestamp, data, tags }: MeasurementJson, fields: readonly Field[]): string {
  const cells = fields.flatMap(({ name, type }): readonly Cell[] => {
    const exported = fieldType(type)
    const value: FieldValue | undefined = data[name]
    return value === undefined ? exported.csvColumns.map(() => null) : exported.csvCells(value)
  })
  return csvLine([timestamp, isoTime(timestamp), ...cells, tags === null ? null : JSON.stringify(tags)])
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  // A spreadsheet would run a text that starts like a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function isoTime(timestamp: number): string {
  const date = new Date(timestamp)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
