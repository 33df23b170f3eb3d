import type { MeasurementJson, SensorDetailJson } from '@senio/protocol/api'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { buttonStyle } from '../../design/button-style.ts'
import { classNames } from '../../design/class-names.ts'
import { RelativeTime } from '../../design/relative-time.tsx'
import { fieldView } from '../../fields/index.ts'
import { useNewestMeasurement } from './use-newest-measurement.ts'
import { text } from './texts.ts'
import { Rich } from '../../i18n/rich.tsx'

/** Values of a measurement that fit into the line. */
const SHOWN = 4

/** "Waiting for the first measurement…", until it comes; then what came, and the way to the view. */
export function Arrival({ sensor }: { readonly sensor: SensorDetailJson }) {
  const arrived = useNewestMeasurement(sensor.name)
  const isWaiting = arrived === null && sensor.last === null
  return (
    <div
      className={classNames(
        'sticky bottom-4 z-20 mt-8 flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border bg-raised px-5 py-3 shadow-high',
        arrived === null ? 'border-line' : 'border-accent',
      )}
    >
      <span
        aria-hidden="true"
        className={classNames(
          'size-2.5 shrink-0 rounded-full',
          isWaiting ? 'animate-live bg-warn' : 'bg-accent',
        )}
      />
      {/* Announced apart: the line itself holds times that tick. */}
      <output className="sr-only">{arrived !== null && text('published')}</output>
      <div className="min-w-0 flex-1 basis-52">
        {isWaiting && text('waiting')}
        {arrived === null && sensor.last !== null && (
          <Rich text={text('lastOne')} marks={{ at: () => <RelativeTime at={sensor.last ?? 0} /> }} />
        )}
        {arrived !== null && <Arrived sensor={sensor} measurement={arrived} />}
      </div>
      {!isWaiting && (
        <Link to="/sensors/$name" params={{ name: sensor.name }} className={buttonStyle('primary')}>
          {text('seeView')}
          <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
      )}
    </div>
  )
}

interface ArrivedProps {
  readonly sensor: SensorDetailJson
  readonly measurement: MeasurementJson
}

function Arrived({ sensor, measurement: { timestamp, data } }: ArrivedProps) {
  return (
    <>
      <p className="font-medium">
        {sensor.last === null ? text('firstIsHere') : text('arrived')}
        <span className="font-normal text-muted">
          {' · '}
          <RelativeTime at={timestamp} />
        </span>
      </p>
      <ul className="reading mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {Object.entries(data)
          .slice(0, SHOWN)
          .map(([name, value]) => {
            const field = sensor.fields[name]
            if (field === undefined) return null
            const { Summary } = fieldView(field.type)
            return (
              <li key={name} className="flex items-center gap-1.5">
                <span className="text-muted">{name}</span>
                <Summary value={value} unit={field.unit} sensor={sensor.name} timestamp={timestamp} />
              </li>
            )
          })}
      </ul>
    </>
  )
}
