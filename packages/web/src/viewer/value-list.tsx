import type { InstantJson, SensorDetailJson } from '@senio/protocol/api'
import { fieldView } from '../fields/index.ts'
import { formatDuration } from '../timeline/format-time.ts'
import { text as say } from './texts.ts'

export interface ValueListProps {
  readonly sensor: SensorDetailJson
  readonly values: InstantJson
  /** The field that is shown already. */
  readonly except: string
}

/** Older than this, a value says how old it is. */
const SAME_MOMENT_MS = 1000

/** What every other field said at a moment, and how old that was. */
export function ValueList({ sensor, values, except }: ValueListProps) {
  const rows = Object.entries(sensor.fields).flatMap(([name, { type, unit }]) => {
    const at = values.fields[name]
    const view = fieldView(type)
    // Other pictures are seen, not read.
    return at === undefined || name === except || view.series === null
      ? []
      : [{ name, text: view.format(at.value, unit), age: values.t - at.timestamp }]
  })
  if (rows.length === 0) return null
  return (
    <dl className="mt-4 space-y-1.5 border-t border-white/10 pt-3">
      {rows.map(({ name, text, age }) => (
        <div key={name} className="flex items-baseline justify-between gap-4">
          <dt className="text-[#9ba7a3]">{name}</dt>
          <dd className="reading text-right font-medium">
            {text}
            {age > SAME_MOMENT_MS && (
              <span className="block text-xs font-normal text-[#9ba7a3]">
                {say('before', { time: formatDuration(age) })}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
