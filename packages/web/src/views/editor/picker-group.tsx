import type { ListedSensorJson } from '@senio/protocol/api'
import { useId } from 'react'
import { fieldView } from '../../fields/index.ts'
import { text } from '../texts.ts'
import { type DraftField, isSameField } from './draft.ts'

export interface PickerGroupProps {
  readonly sensor: ListedSensorJson
  /** Those that were found. */
  readonly fields: readonly string[]
  readonly chosen: readonly DraftField[]
  readonly shown: readonly DraftField[]
  /** Whether choosing one is all there is to do. */
  readonly isSingle: boolean
  readonly onToggle: (fields: readonly DraftField[], on: boolean) => void
}

/** The fields of a sensor, to be ticked. */
export function PickerGroup({ sensor, fields, chosen, shown, isSingle, onToggle }: PickerGroupProps) {
  const id = useId()
  const own = fields.map((field) => ({ sensor: sensor.name, field }))
  const isChosen = (field: DraftField) => chosen.some((known) => isSameField(known, field))
  return (
    <section aria-labelledby={id} className="pb-3">
      <header className="sticky top-0 z-1 flex min-h-9 items-center gap-2 bg-raised">
        <h3 id={id} className="min-w-0 flex-1 truncate text-xs font-medium text-muted">
          {sensor.name}
        </h3>
        {!isSingle && own.length > 1 && (
          <button
            type="button"
            onClick={() => onToggle(own, !own.every(isChosen))}
            className="h-8 rounded-md px-2 text-xs font-medium text-accent hover:bg-hover pointer-coarse:h-11"
          >
            {text('all', { sensor: sensor.name })}
          </button>
        )}
      </header>
      <ul className="grid gap-1 sm:grid-cols-2">
        {own.map((field) => (
          <li key={field.field}>
            <Choice
              sensor={sensor}
              field={field}
              isSingle={isSingle}
              isChosen={isChosen(field)}
              isShown={shown.some((known) => isSameField(known, field))}
              onToggle={(on) => onToggle([field], on)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ChoiceProps {
  readonly sensor: ListedSensorJson
  readonly field: DraftField
  readonly isSingle: boolean
  readonly isChosen: boolean
  readonly isShown: boolean
  readonly onToggle: (on: boolean) => void
}

const choiceStyle =
  'flex h-11 w-full cursor-pointer items-center gap-2.5 rounded-lg border border-line px-3 text-left text-sm transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent'

function Choice({ sensor, field, isSingle, isChosen, isShown, onToggle }: ChoiceProps) {
  const described = sensor.fields[field.field]
  if (described === undefined) return null
  const { icon: Icon, Summary, series } = fieldView(described.type)
  const latest = sensor.latest[field.field]
  const inner = (
    <>
      <Icon className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate font-medium">{field.field}</span>
      <span className="max-w-32 shrink-0 truncate text-xs text-muted">
        {isShown
          ? text('shown')
          : latest !== undefined &&
            series !== null && (
              <Summary
                value={latest.value}
                unit={described.unit}
                sensor={sensor.name}
                timestamp={latest.timestamp}
              />
            )}
      </span>
    </>
  )
  if (isSingle) {
    return (
      <button type="button" onClick={() => onToggle(true)} className={choiceStyle}>
        {inner}
      </button>
    )
  }
  return (
    <label className={choiceStyle}>
      <input
        type="checkbox"
        aria-label={`${sensor.name} · ${field.field}`}
        checked={isChosen}
        onChange={(event) => onToggle(event.target.checked)}
        className="size-4 shrink-0 accent-accent outline-none"
      />
      {inner}
    </label>
  )
}
