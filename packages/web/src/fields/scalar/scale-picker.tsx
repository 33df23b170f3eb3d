import { MoveVertical } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Popover } from '../../design/popover.tsx'
import { TextField } from '../../design/text-field.tsx'
import type { ValueScale } from './value-scale.ts'
import { trackButtonStyle } from '../../design/track-button-style.ts'
import { text } from './texts.ts'

export interface ScalePickerProps {
  /** What the axis is for, for example "°C". */
  readonly unit: string
  readonly scale: ValueScale
  /** What the axis shows at the moment. */
  readonly shown: () => readonly [number, number]
  readonly onChange: (scale: ValueScale) => void
}

/** Chooses between an axis that fits itself to the values and one with fixed ends. */
export function ScalePicker({ unit, scale, shown, onChange }: ScalePickerProps) {
  const name = unit === '' ? text('scale') : text('scaleOf', { unit })
  return (
    <Popover
      title={name}
      label={scale === null ? name : text('fixed', { name })}
      align="end"
      triggerClassName={trackButtonStyle(scale !== null)}
      trigger={<MoveVertical aria-hidden="true" />}
      className="w-64"
    >
      {(close) => (
        <>
          <h2 className="mb-3 text-sm font-semibold">{name}</h2>
          <ScaleForm
            start={scale ?? shown()}
            isFixed={scale !== null}
            onChange={(next) => {
              close()
              onChange(next)
            }}
          />
        </>
      )}
    </Popover>
  )
}

interface ScaleFormProps {
  readonly start: readonly [number, number]
  readonly isFixed: boolean
  readonly onChange: (scale: ValueScale) => void
}

function ScaleForm({ start, isFixed, onChange }: ScaleFormProps) {
  const [texts, setTexts] = useState(() => start.map(rounded))
  const [low = '', high = ''] = texts
  const [from, to] = [Number(low), Number(high)]
  const isComplete = low.trim() !== '' && high.trim() !== '' && Number.isFinite(from) && Number.isFinite(to)
  const error = !isComplete ? text('bothEnds') : from < to ? undefined : text('upperGreater')

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (error === undefined) onChange([from, to])
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label={text('upper')}
        type="number"
        step="any"
        value={high}
        error={error}
        onChange={(event) => setTexts([low, event.target.value])}
      />
      <TextField
        label={text('lower')}
        type="number"
        step="any"
        value={low}
        onChange={(event) => setTexts([event.target.value, high])}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={error !== undefined}>
          {text('fix')}
        </Button>
        <Button aria-pressed={!isFixed} onClick={() => onChange(null)}>
          {text('automatic')}
        </Button>
      </div>
    </form>
  )
}

/** Without the digits that nobody would type. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(4)))
}
