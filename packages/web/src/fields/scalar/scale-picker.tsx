import { Popover } from '@base-ui/react/popover'
import { MoveVertical } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { TextField } from '../../design/text-field.tsx'
import type { ValueScale } from './value-scale.ts'
import { graphButtonStyle } from './graph-button-style.ts'

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
  const [open, setOpen] = useState(false)
  const name = unit === '' ? 'Scale' : `Scale of ${unit}`

  function choose(next: ValueScale): void {
    onChange(next)
    setOpen(false)
  }

  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger
        className={graphButtonStyle(scale !== null)}
        aria-label={scale === null ? name : `${name}: fixed`}
        title={scale === null ? name : `${name}: fixed`}
      >
        <MoveVertical aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="z-50" sideOffset={6} align="end">
          <Popover.Popup className="w-64 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-raised p-4 shadow-high outline-none">
            <Popover.Title className="mb-3 text-sm font-semibold">{name}</Popover.Title>
            <ScaleForm start={scale ?? shown()} isFixed={scale !== null} onChange={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
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
  const error = !isComplete
    ? 'Give a number for both ends.'
    : from < to
      ? undefined
      : 'The upper end must be greater.'

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (error === undefined) onChange([from, to])
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label="Upper end"
        type="number"
        step="any"
        value={high}
        error={error}
        onChange={(event) => setTexts([low, event.target.value])}
      />
      <TextField
        label="Lower end"
        type="number"
        step="any"
        value={low}
        onChange={(event) => setTexts([event.target.value, high])}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={error !== undefined}>
          Fix
        </Button>
        <Button aria-pressed={!isFixed} onClick={() => onChange(null)}>
          Automatic
        </Button>
      </div>
    </form>
  )
}

/** Without the digits that nobody would type. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(4)))
}
