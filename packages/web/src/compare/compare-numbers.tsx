import type { InstantJson, SensorDetailJson } from '@senio/protocol/api'
import { fieldView } from '../fields/index.ts'
import { text } from './texts.ts'

export interface CompareNumbersProps {
  readonly sensor: SensorDetailJson
  /** Every field's values at the earlier and at the later instant. */
  readonly before: InstantJson
  readonly after: InstantJson
}

/** What every field said at two instants, and the change. */
export function CompareNumbers({ sensor, before, after }: CompareNumbersProps) {
  const rows = Object.entries(sensor.fields).flatMap(([name, { type, unit }]) => {
    const view = fieldView(type)
    const [from, to] = [before.fields[name]?.value, after.fields[name]?.value]
    if (view.change === null || (from === undefined && to === undefined)) return []
    const change = from === undefined || to === undefined ? null : view.change(from, to, unit)
    const [first, second] = [from, to].map((value) => (value === undefined ? '–' : view.format(value, unit)))
    return [{ name, first, second, change }]
  })
  if (rows.length === 0) return null
  return (
    <table className="reading mt-4 w-full border-t border-white/10 text-sm">
      <thead className="text-left text-xs text-[#9ba7a3]">
        <tr>
          <th scope="col" className="pt-3 font-normal">
            <span className="sr-only">{text('field')}</span>
          </th>
          {[text('earlier'), text('later'), text('change')].map((title) => (
            <th key={title} scope="col" className="pt-3 pl-2 text-right font-normal whitespace-nowrap">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, first, second, change }) => (
          <tr key={name}>
            <th scope="row" className="max-w-28 truncate py-1 text-left font-normal text-[#9ba7a3]">
              {name}
            </th>
            <td className="pl-2 text-right whitespace-nowrap">{first}</td>
            <td className="pl-2 text-right whitespace-nowrap">{second}</td>
            <td className="pl-2 text-right font-medium whitespace-nowrap">{change ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
