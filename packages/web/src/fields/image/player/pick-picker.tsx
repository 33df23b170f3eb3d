import { SunMedium } from 'lucide-react'
import { iconButtonStyle } from '../../../design/button-style.ts'
import { classNames } from '../../../design/class-names.ts'
import { Popover } from '../../../design/popover.tsx'
import { TextField } from '../../../design/text-field.tsx'
import type { Pick } from './pick.ts'
import { fromMinute, toMinute } from './time-of-day.ts'
import { text } from '../texts.ts'

export interface PickPickerProps {
  readonly pick: Pick
  readonly onChange: (pick: Pick) => void
}

const kinds = [
  { label: 'all', start: { kind: 'all' } },
  { label: 'daylight', start: { kind: 'daylight' } },
  { label: 'hours', start: { kind: 'hours', from: 8 * 60, to: 18 * 60 } },
  { label: 'daily', start: { kind: 'daily', at: 12 * 60 } },
] as const satisfies readonly { readonly label: Pick['kind']; readonly start: Pick }[]

/** Chooses which pictures are played. */
export function PickPicker({ pick, onChange }: PickPickerProps) {
  return (
    <Popover
      title={text('played')}
      label={text('played')}
      align="end"
      triggerClassName={iconButtonStyle(classNames(pick.kind !== 'all' && '!text-accent'))}
      trigger={<SunMedium aria-hidden="true" />}
      className="w-72"
    >
      {() => (
        <>
          <h2 className="mb-2 text-sm font-semibold">{text('played')}</h2>
          <fieldset className="flex flex-col">
            <legend className="sr-only">{text('which')}</legend>
            {kinds.map(({ label, start }) => (
              <div key={start.kind}>
                <label className="flex h-9 items-center gap-2.5 text-sm pointer-coarse:h-11">
                  <input
                    type="radio"
                    name="player-pick"
                    className="size-4 accent-(--accent)"
                    checked={pick.kind === start.kind}
                    onChange={() => onChange(start)}
                  />
                  {text(label)}
                </label>
                {pick.kind === start.kind && <Details pick={pick} onChange={onChange} />}
              </div>
            ))}
          </fieldset>
        </>
      )}
    </Popover>
  )
}

/** What there is to know or to choose of the kind that is chosen. */
function Details({ pick, onChange }: PickPickerProps) {
  if (pick.kind === 'all') return null
  if (pick.kind === 'daylight')
    return <p className="mb-1.5 pl-6.5 text-xs text-muted">{text('daylightHint')}</p>
  if (pick.kind === 'daily') {
    return (
      <div className="mb-2 pl-6.5">
        <TimeField label={text('at')} minute={pick.at} onChange={(at) => onChange({ ...pick, at })} />
      </div>
    )
  }
  return (
    <div className="mb-2 grid grid-cols-2 gap-3 pl-6.5">
      <TimeField label={text('from')} minute={pick.from} onChange={(from) => onChange({ ...pick, from })} />
      <TimeField label={text('to')} minute={pick.to} onChange={(to) => onChange({ ...pick, to })} />
    </div>
  )
}

interface TimeFieldProps {
  readonly label: string
  /** Of the day. */
  readonly minute: number
  readonly onChange: (minute: number) => void
}

function TimeField({ label, minute, onChange }: TimeFieldProps) {
  return (
    <TextField
      label={label}
      type="time"
      value={fromMinute(minute)}
      onChange={(event) => {
        const next = toMinute(event.target.value)
        if (next !== null) onChange(next)
      }}
    />
  )
}
