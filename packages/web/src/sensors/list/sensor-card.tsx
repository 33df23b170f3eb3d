import type { ListedSensorJson } from '@senio/protocol/api'
import { Link } from '@tanstack/react-router'
import { Settings } from 'lucide-react'
import { iconButtonStyle } from '../../design/button-style.ts'
import { RelativeTime } from '../../design/relative-time.tsx'
import { CardCover } from './card-cover.tsx'
import { newest, type Reading } from './newest.ts'
import { fieldView } from '../../fields/index.ts'
import { text } from '../texts.ts'
import { text as common } from '../../design/texts.ts'

/** Readings shown on a card; the others are counted. */
const SHOWN = 6

/** A sensor with its newest picture and numbers; all of it leads to its view. */
export function SensorCard({ sensor }: { readonly sensor: ListedSensorJson }) {
  const { name } = sensor
  const { timestamp, picture, readings } = newest(sensor)
  // Without a picture the first reading is shown large in its place.
  const [lead, others] = picture === null ? [readings[0] ?? null, readings.slice(1)] : [null, readings]
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-low transition-[border-color,box-shadow] focus-within:border-line-strong hover:border-line-strong hover:shadow-high">
      <CardCover sensor={sensor} picture={picture} lead={lead} />
      <div className="flex flex-1 flex-col px-4 pt-3 pb-4">
        <div className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <h2 className="line-clamp-2 text-[0.9375rem] leading-snug font-semibold">
              <Link
                to={timestamp === null ? '/sensors/$name/connect' : '/sensors/$name'}
                params={{ name }}
                className="outline-none after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {name}
              </Link>
            </h2>
            <p className="text-xs text-muted">
              {timestamp === null ? text('waiting') : <RelativeTime at={timestamp} />}
            </p>
          </div>
          <Link
            to="/sensors/$name/settings"
            params={{ name }}
            aria-label={text('settingsOf', { sensor: name })}
            title={common('settings')}
            className={iconButtonStyle('relative z-10 -mt-1 -mr-2')}
          >
            <Settings aria-hidden="true" />
          </Link>
        </div>
        {others.length > 0 && (
          <dl className="mt-3 flex flex-wrap gap-x-4 gap-y-2.5">
            {others.slice(0, SHOWN).map((reading) => (
              <CardReading key={reading.name} sensor={name} reading={reading} />
            ))}
          </dl>
        )}
        {others.length > SHOWN && (
          <p className="mt-2.5 text-xs text-muted">{text('more', { count: others.length - SHOWN })}</p>
        )}
      </div>
    </li>
  )
}

function CardReading({ sensor, reading }: { readonly sensor: string; readonly reading: Reading }) {
  const { Summary } = fieldView(reading.type)
  const { value, unit, timestamp } = reading
  return (
    // Two in a row, one that needs the whole row alone; only the value counts for that, not the name.
    <div className="max-w-full flex-[1_1_40%]">
      <dt className="w-0 min-w-full truncate text-xs text-muted">{reading.name}</dt>
      <dd className="reading truncate font-medium">
        <Summary value={value} unit={unit} sensor={sensor} timestamp={timestamp} />
      </dd>
    </div>
  )
}
